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
public record Wishes(
    Optional<String> model,
    Optional<Instructions> instructions,
    Optional<String> session,
    Optional<String> thinking,
    List<String> tools) {
  public static final Wishes NONE =
      new Wishes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  public Wishes {
    tools = List.copyOf(tools);
  }

  /// The most specific wins: task tag, then phase, then agent.
  public Wishes withModel(Optional<String> first, Optional<String> second, Optional<String> third) {
    return withModel(first.or(() -> second).or(() -> third));
  }

  public Wishes withModel(Optional<String> name) {
    return new Wishes(name, instructions, session, thinking, tools);
  }

  public Wishes withModel(String name) {
    return withModel(Optional.of(name));
  }

  public Wishes withInstructions(String role, String text) {
    return new Wishes(model, Optional.of(new Instructions(role, text)), session, thinking, tools);
  }

  public Wishes withSession(String id) {
    return new Wishes(model, instructions, Optional.of(id), thinking, tools);
  }

  public Wishes withThinking(Optional<String> level) {
    return new Wishes(model, instructions, session, level, tools);
  }

  public Wishes withTools(List<String> names) {
    return new Wishes(model, instructions, session, thinking, names);
  }
}
