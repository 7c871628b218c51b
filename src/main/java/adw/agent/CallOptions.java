package adw.agent;

import java.util.List;
import java.util.Optional;

/// What a call asks of the program beyond the prompt. A program without an option for one of these
/// is called without it, save for instructions: those are then put above the prompt.
///
/// @param model a preset's alias or the program's own name of a model
/// @param session of an earlier answer, to go on in
/// @param thinking off, minimal, low, medium, high or xhigh
/// @param tools the only ones allowed: read, grep, find, ls, bash, edit, write, or the program's
///   own names; empty: all
public record CallOptions(
    Optional<String> model,
    Optional<Instructions> instructions,
    Optional<String> session,
    Optional<String> thinking,
    List<String> tools) {
  public static final CallOptions NONE =
      new CallOptions(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  public CallOptions {
    tools = List.copyOf(tools);
  }

  /// The most specific wins: task tag, then phase, then agent.
  public CallOptions withModel(
      Optional<String> first, Optional<String> second, Optional<String> third) {
    return withModel(first.or(() -> second).or(() -> third));
  }

  public CallOptions withModel(Optional<String> name) {
    return new CallOptions(name, instructions, session, thinking, tools);
  }

  public CallOptions withModel(String name) {
    return withModel(Optional.of(name));
  }

  public CallOptions withInstructions(String role, String text) {
    return new CallOptions(
        model, Optional.of(new Instructions(role, text)), session, thinking, tools);
  }

  public CallOptions withSession(String id) {
    return new CallOptions(model, instructions, Optional.of(id), thinking, tools);
  }

  public CallOptions withThinking(Optional<String> level) {
    return new CallOptions(model, instructions, session, level, tools);
  }

  public CallOptions withTools(List<String> names) {
    return new CallOptions(model, instructions, session, thinking, names);
  }
}
