/// One attempt's record on disk, its events and outcome, requests to the daemon.
///
/// Enter at `RunStore`. A record that cannot be read costs its own run and is named; it is never
/// taken for none.
///
/// - `STATE/runs/<id>/run.json`: the record, see `RunJson`
/// - `STATE/runs/<id>/events.jsonl`: one `RunEvent` a line
/// - `STATE/runs/<id>/result.json` or `proc/N/result/result.json`: what a workflow says of itself,
///   see `WorkflowResultFile`
/// - `STATE/requests/`: one file a `Request`
@NullMarked
package adw.run;

import org.jspecify.annotations.NullMarked;
