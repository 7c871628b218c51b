/// Model Context Protocol: commands as tools for agents.
///
/// Enter at `McpServer`. A tool does nothing that the command of its name does not.
@NullMarked
package adw.mcp;

import org.jspecify.annotations.NullMarked;
