package adw.flow.run;

import adw.flow.definition.FlowException;
import adw.os.LineLog;
import adw.os.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Where the record of a flow's run is kept.
public record FlowRecordPlace(Path folder, String runId) {
  /// In the environment of all that is started for a run: where it is kept.
  static final String MARK = "ADW_FLOW_RECORD";

  Path run() {
    return folder.resolve("run.json");
  }

  LineLog phases() {
    return new LineLog(folder.resolve("phases.jsonl"));
  }

  private Path lock() {
    return folder.resolve("lock");
  }

  /// What stands in the environment of all that is started for the run.
  public Map<String, String> mark() {
    return Map.of(MARK, markText());
  }

  String markText() {
    return folder.toAbsolutePath().normalize().toString();
  }

  LockFile.Held hold() throws IOException {
    return LockFile.open(lock())
        .tryLock()
        .orElseThrow(() ->
            new FlowException(
                "run "
                    + runId
                    + " is being worked on by another process (wait for it or stop it)"));
  }

  /// Whether a process works on the run.
  public boolean isAlive() throws IOException {
    if (!Files.exists(lock())) {
      return false;
    }
    var held = LockFile.open(lock()).tryLock();
    if (held.isPresent()) {
      held.get().close();
    }
    return held.isEmpty();
  }
}
