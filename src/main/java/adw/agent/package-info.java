/// A prompt in, a typed answer out: what an agent is, whichever program it may be.
///
/// Enter at `Agent`. No program is started here (`adw.agent.program`) and no output format is read
/// (`adw.agent.output`).
///
/// - `STATE/agents/`: pauses after rate limits, see `AgentPauses`
@NullMarked
package adw.agent;

import org.jspecify.annotations.NullMarked;
