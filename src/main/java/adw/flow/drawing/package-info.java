/// Graphs of flows as text.
///
/// Enter at `GraphDrawing` (before), `LiveGraph` (while it runs) and `Mermaid`. Nothing here reads
/// a file.
@NullMarked
package adw.flow.drawing;

import org.jspecify.annotations.NullMarked;
