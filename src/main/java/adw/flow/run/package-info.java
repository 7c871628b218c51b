/// The engine of flows: one class per kind of phase, records, resume.
///
/// Enter at `FlowEngine`; a kind of phase is a `…Run`. No phase calls an agent but through
/// `PhaseCalls`, which records, counts and retries.
///
/// - `STATE/flows/<id>/`: the record, see `FlowRecord`
@NullMarked
package adw.flow.run;

import org.jspecify.annotations.NullMarked;
