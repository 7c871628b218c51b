package adw.planning;

import adw.json.Json;
import adw.json.JsonFile;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.StateFolder;
import java.io.IOException;
import java.util.Optional;

/// Ends in a row with the same reason, by agent: the third pauses it, since the next would end the
/// same way. Kept in `STATE/streaks.json`; written under the task-file lock.
public final class FailureStreaks {
  private static final int TOO_MANY = 3;

  private final JsonFile file;

  public FailureStreaks(StateFolder state) {
    this.file = state.json("streaks.json");
  }

  /// Who plays a run: its agent, or the workflow where it names none.
  static String player(Run run) {
    return run.order().wishes().agent().orElse(run.order().workflow().name());
  }

  public void note(Run run, Outcome outcome) throws IOException {
    var all = file.read();
    var player = player(run);
    var reason = repeatable(outcome);
    if (reason.isEmpty()) {
      if (all.find(player).isPresent()) {
        file.write(all.without(player));
      }
      return;
    }
    var before = all.findObject(player).orElse(Json.Obj.empty());
    var isSame = before.findText("reason").equals(reason);
    var count = isSame ? before.findLong("count").orElse(0L) + 1 : 1;
    file.write(all.with(player, Json.Obj.empty().with("reason", reason).with("count", count)));
  }

  /// A reason that the next run would meet too.
  private static Optional<String> repeatable(Outcome outcome) {
    return outcome instanceof Outcome.Failed(var why, var reason)
            && (why == Outcome.Why.SET_UP || why == Outcome.Why.VERIFY)
        ? Optional.of(reason)
        : Optional.empty();
  }

  /// As they are now, for many questions: each ready task of a file is one.
  Pauses look() throws IOException {
    return new Pauses(file.read());
  }

  /// Which players are paused.
  record Pauses(Json.Obj streaks) {
    static final Pauses NONE = new Pauses(Json.Obj.empty());

    /// Why this one is.
    Optional<String> find(String player) {
      return streaks
          .findObject(player)
          .filter(streak -> streak.findLong("count").orElse(0L) >= TOO_MANY)
          .map(streak ->
              "3 runs of "
                  + player
                  + " in a row ended with: "
                  + streak.findText("reason").orElse(""));
    }
  }

  /// A person says that the reason is mended.
  public boolean forget() throws IOException {
    return file.delete();
  }
}
