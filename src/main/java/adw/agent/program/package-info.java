/// Agent programs of this machine: presets, command lines, sandboxes, logins.
///
/// Enter at `AgentProgram`; a new one is a row of `PresetChanges`. Exit code 0 alone is never a
/// success: `AnswerJudge` decides.
@NullMarked
package adw.agent.program;

import org.jspecify.annotations.NullMarked;
