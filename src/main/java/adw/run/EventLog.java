package adw.run;

import adw.json.Json;
import adw.json.JsonException;
import adw.os.DurableFiles;
import adw.os.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The steps of each run, appended to its `events.jsonl`.
public final class EventLog {
  private final StateFolder state;

  public EventLog(StateFolder state) {
    this.state = state;
  }

  /// Appends in one write, so that lines of two processes never mix.
  public void append(RunEvent event) throws IOException {
    var line = (event.toJson().write() + "\n").getBytes(StandardCharsets.UTF_8);
    state.createRun(event.run());
    DurableFiles.appendUnsynced(file(event.run()), line);
  }

  /// All steps of a run, oldest first; a line cut off by a crash is left out, with what was added
  /// to it.
  public List<RunEvent> read(String id) throws IOException {
    String text;
    try {
      text = TextFile.readAny(file(id));
    } catch (NoSuchFileException e) {
      return List.of();
    }
    var events = new ArrayList<RunEvent>();
    for (var line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
      if (!line.isBlank()) {
        find(line).ifPresent(events::add);
      }
    }
    return events;
  }

  private static Optional<RunEvent> find(String line) {
    try {
      return Optional.of(RunEvent.of(Json.parseObject(line)));
    } catch (JsonException cutOff) {
      return Optional.empty();
    }
  }

  private Path file(String id) {
    return state.run(id).resolve("events.jsonl");
  }
}
