/// Attributes: what a file becomes as a blob, and back.
///
/// Enter at `Attributes` and `Conversion`. Nothing here touches the index or the refs.
@NullMarked
package adw.git.content;

import org.jspecify.annotations.NullMarked;
