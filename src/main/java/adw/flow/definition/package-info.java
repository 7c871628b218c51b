/// The language of flows: reading, checking, templates.
///
/// Enter at `FlowReader` and `FlowChecker`. Nothing here runs anything; whatever is wrong is found
/// here, before it costs anything.
///
/// - `flows/*.json`: described in docs/flows.md
@NullMarked
package adw.flow.definition;

import org.jspecify.annotations.NullMarked;
