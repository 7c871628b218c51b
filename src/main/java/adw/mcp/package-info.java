/// The verbs as tools for agents.
@NullMarked
package adw.mcp;

import org.jspecify.annotations.NullMarked;
