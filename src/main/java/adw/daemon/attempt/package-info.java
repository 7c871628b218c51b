/// One run, from claim to outcome.
///
/// Enter at `TaskRun`, then `PrepareStage`, `WorkflowStage` and `CloseStage`. A run never ends done
/// without a commit that passed, and never loses what it could not commit (`WorkKeeper`).
///
/// What a run finds done is made by `PoolFiller` (`ReadyMaker`) and given to it by `ReadyClaims`.
///
/// - `STATE/ports/`: a file a lease, see `PortLeases`
/// - `STATE/ready/`: a file a worktree made ahead, see `ReadyRecord`; `ahead.json`, see `AheadNote`
@NullMarked
package adw.daemon.attempt;

import org.jspecify.annotations.NullMarked;
