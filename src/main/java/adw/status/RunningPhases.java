package adw.status;

import adw.flow.definition.FlowException;
import adw.flow.run.FlowRecordPlace;
import adw.flow.run.FlowRuns;
import adw.json.JsonException;
import adw.run.Run;
import adw.run.Stage;
import adw.run.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which phases of a run's flow are at work; a record is read again when it has grown.
public final class RunningPhases {
  private final StateFolder state;
  private final Map<String, Seen> byRun = new HashMap<>();

  private record Seen(long size, String words) {}

  public RunningPhases(StateFolder state) {
    this.state = state;
  }

  /// `plan`, or `tests, docs`; empty where no flow plays, or its record cannot be read now.
  public Optional<String> find(Run run) {
    if (!(run.stage() instanceof Stage.Running)) {
      return Optional.empty();
    }
    try {
      var folder = state.run(run.id()).resolve("flow");
      var size = size(folder.resolve("run.json")) + size(folder.resolve("phases.jsonl"));
      var seen = byRun.get(run.id());
      if (seen == null || seen.size() != size) {
        seen = new Seen(size, size == 0 ? "" : words(folder, run.id()));
        byRun.put(run.id(), seen);
      }
      return Optional.of(seen.words()).filter(words -> !words.isEmpty());
    } catch (IOException | JsonException | FlowException _) {
      return Optional.empty();
    }
  }

  private static String words(Path folder, String id) throws IOException {
    return String.join(", ", FlowRuns.read(new FlowRecordPlace(folder, id)).atWork());
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }
}
