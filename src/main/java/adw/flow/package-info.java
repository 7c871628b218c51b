/// Declared task graphs: definition → check → run → resume; sealed phases.
@NullMarked
package adw.flow;

import org.jspecify.annotations.NullMarked;
