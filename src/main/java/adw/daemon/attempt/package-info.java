/// One run, from claim to outcome.
///
/// Enter at `TaskRun`, then `PrepareStage`, `WorkflowStage` and `CloseStage`. A run never ends done
/// without a commit that passed, and never loses what it could not commit (`WorkKeeper`).
///
/// - `STATE/ports/`: a file a lease, see `PortLeases`
@NullMarked
package adw.daemon.attempt;

import org.jspecify.annotations.NullMarked;
