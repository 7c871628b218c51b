package adw.agent;

import java.nio.file.Path;
import java.util.Map;

/// One prompt for an agent, where it works, and how far it may go.
///
/// @param environment complete, nothing is inherited; the marks of a surrounding agent session are
///   taken out of it before a program sees it
public record Call(
    String prompt, Path directory, Map<String, String> environment, Wishes wishes, Limits limits) {
  public Call {
    environment = Map.copyOf(environment);
  }

  public static Call of(String prompt, Path directory, Map<String, String> environment) {
    return new Call(prompt, directory, environment, Wishes.NONE, Limits.DEFAULT);
  }

  public Call with(Wishes changed) {
    return new Call(prompt, directory, environment, changed, limits);
  }

  public Call with(Limits changed) {
    return new Call(prompt, directory, environment, wishes, changed);
  }

  public Call withPrompt(String text) {
    return new Call(text, directory, environment, wishes, limits);
  }
}
