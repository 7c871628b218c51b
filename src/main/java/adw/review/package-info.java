/// Diff, forecast, feedback, merge, discard, undo.
@NullMarked
package adw.review;

import org.jspecify.annotations.NullMarked;
