package adw.agent;

import java.nio.file.Path;
import java.util.Map;

/// One prompt for an agent, where it works, and how far it may go.
///
/// @param environment complete, nothing is inherited; the marks of a surrounding agent session are
///   taken out of it before a program sees it
public record AgentCall(
    String prompt,
    Path directory,
    Map<String, String> environment,
    CallOptions wishes,
    CallLimits limits) {
  public AgentCall {
    environment = Map.copyOf(environment);
  }

  public static AgentCall of(String prompt, Path directory, Map<String, String> environment) {
    return new AgentCall(prompt, directory, environment, CallOptions.NONE, CallLimits.DEFAULT);
  }

  public AgentCall with(CallOptions changed) {
    return new AgentCall(prompt, directory, environment, changed, limits);
  }

  public AgentCall with(CallLimits changed) {
    return new AgentCall(prompt, directory, environment, wishes, changed);
  }

  public AgentCall withPrompt(String text) {
    return new AgentCall(text, directory, environment, wishes, limits);
  }
}
