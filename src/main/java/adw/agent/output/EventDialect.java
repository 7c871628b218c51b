package adw.agent.output;

import adw.json.Json;
import java.util.Set;

/// Understands the events of one kind of program.
interface EventDialect {
  /// The only members, at any depth, that are kept of a line.
  Set<String> members();

  /// Members whose whole value is kept.
  default Set<String> openMembers() {
    return Set.of();
  }

  /// Takes in one event. Those it does not know change nothing.
  void hear(Json.Obj event, OutputDraft draft);

  /// Called once when the output is over.
  default void close(OutputDraft draft) {}
}
