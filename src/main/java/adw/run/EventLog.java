package adw.run;

import adw.json.Json;
import adw.json.JsonException;
import adw.os.LineLog;
import java.io.IOException;
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
    state.createRun(event.run());
    file(event.run()).appendUnsynced(event.toJson().write());
  }

  /// All steps of a run, oldest first; a line cut off by a crash is left out.
  public List<RunEvent> read(String id) throws IOException {
    var events = new ArrayList<RunEvent>();
    file(id).forEach(line -> find(line).ifPresent(events::add));
    return events;
  }

  private static Optional<RunEvent> find(String line) {
    try {
      return Optional.of(RunEvent.of(Json.parseObject(line)));
    } catch (JsonException cutOff) {
      return Optional.empty();
    }
  }

  private LineLog file(String id) {
    return new LineLog(state.run(id).resolve("events.jsonl"));
  }
}
