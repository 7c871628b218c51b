package adw.agent;

import adw.spend.Meter;
import java.io.IOException;

/// Somebody who does what a prompt says and answers: a program, or a scripted one in a test.
public interface Agent {
  /// The name by which settings and records know it, such as `claude`.
  String name();

  /// Whether it can go on in a session of an earlier call.
  default boolean canResume() {
    return true;
  }

  /// Whether it can be kept to the tools that a call names.
  default boolean holdsTools() {
    return true;
  }

  /// Works until there is an answer. Interrupting the thread ends the program and all it started.
  ///
  /// @param meter is told what has been spent while the agent works, and may stop it
  Answer run(AgentCall call, Meter meter) throws IOException, InterruptedException;
}
