package adw.daemon;

import adw.os.Durable;
import adw.run.Json;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.RunException;
import adw.run.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Ends in a row with the same reason, by agent: the third pauses it, since the next would end the
/// same way. Kept in `STATE/streaks.json`; written under the task-file lock.
final class Streaks {
  private static final int TOO_MANY = 3;

  private final Path file;

  Streaks(State state) {
    this.file = state.root().resolve("streaks.json");
  }

  /// Who plays a run: its agent, or the workflow where it names none.
  static String player(Run run) {
    return run.order().agent().orElse(run.order().workflow().name());
  }

  void note(Run run, Outcome outcome) throws IOException {
    var all = read();
    var player = player(run);
    var reason = repeatable(outcome);
    if (reason.isEmpty()) {
      if (all.find(player).isPresent()) {
        write(all.without(player));
      }
      return;
    }
    var before = all.findObject(player).orElse(Json.Obj.empty());
    var isSame = before.findText("reason").equals(reason);
    var count = isSame ? before.findLong("count").orElse(0L) + 1 : 1;
    write(all.with(player, Json.Obj.empty().with("reason", reason).with("count", count)));
  }

  /// A reason that the next run would meet too.
  private static Optional<String> repeatable(Outcome outcome) {
    return outcome instanceof Outcome.Failed(var why, var reason)
            && (why == Outcome.Why.SET_UP || why == Outcome.Why.VERIFY)
        ? Optional.of(reason)
        : Optional.empty();
  }

  /// Why this player is paused.
  Optional<String> findPause(String player) throws IOException {
    return read()
        .findObject(player)
        .filter(streak -> streak.findLong("count").orElse(0L) >= TOO_MANY)
        .map(streak ->
            "3 runs of "
                + player
                + " in a row ended with: "
                + streak.findText("reason").orElse(""));
  }

  /// A person says that the reason is mended.
  boolean forget() throws IOException {
    return Files.deleteIfExists(file);
  }

  private Json.Obj read() throws IOException {
    try {
      return Json.parseObject(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Json.Obj.empty();
    } catch (RunException e) {
      throw new RunException(file + ": " + e.getMessage() + " (delete it)", e);
    }
  }

  private void write(Json.Obj streaks) throws IOException {
    Durable.replace(file, (streaks.write() + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
