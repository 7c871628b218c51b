/// The engine of flows: one class per kind of phase, records, resume.
///
/// Enter at `FlowEngine`. A flow at work is a `FlowRun`, a phase at work a `PhaseRun`, and each
/// kind of phase has a `…Run` of its own. What a kind may see is its `PhaseTurn` and, behind that,
/// the `FlowFrame`. No phase calls an agent but through `PhaseCalls`: the record of a call is
/// around its retries (`CallRetry`), which are around each attempt (`CallAttempt`).
///
/// - `STATE/flows/runs/<flow>/<id>/run.json`, or `STATE/runs/<id>/flow/run.json` of a flow in a
///   task: the flow, its arguments and how it ended, see `FlowRunFile`
/// - `phases.jsonl` beside it: one line a phase or call that ended, see `PhaseLines`
@NullMarked
package adw.flow.run;

import org.jspecify.annotations.NullMarked;
