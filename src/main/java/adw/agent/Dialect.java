package adw.agent;

import adw.run.Json;
import java.util.Set;

/// Understands the events of one kind of program.
interface Dialect {
  /// The only members, at any depth, that are kept of a line.
  Set<String> members();

  /// Members whose whole value is kept.
  default Set<String> openMembers() {
    return Set.of();
  }

  /// Takes in one event. Those it does not know change nothing.
  void hear(Json.Obj event, Draft draft);

  /// Called once when the output is over.
  default void close(Draft draft) {}
}
