/// `adw flow …`, one file a command.
///
/// `adw flow NAME` is `FlowName…`. What runs a flow is `adw.flow.run`.
@NullMarked
package adw.cli.flow;

import org.jspecify.annotations.NullMarked;
