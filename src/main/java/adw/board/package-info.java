/// The web page and its JSON.
@NullMarked
package adw.board;

import org.jspecify.annotations.NullMarked;
