/// Many machines: Redis mirror and queue, workers.
@NullMarked
package adw.town;

import org.jspecify.annotations.NullMarked;
