package adw.run;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The steps of each run, appended to its `events.jsonl`.
public final class Events {
  private final State state;

  public Events(State state) {
    this.state = state;
  }

  /// Appends in one write, so that lines of two processes never mix.
  public void append(Event event) throws IOException {
    var line = (event.toJson().write() + "\n").getBytes(StandardCharsets.UTF_8);
    Files.createDirectories(state.run(event.run()));
    Files.write(file(event.run()), line, CREATE, APPEND);
  }

  /// All steps of a run, oldest first; a last line cut off by a crash is left out.
  public List<Event> read(String id) throws IOException {
    String text;
    try {
      text = Files.readString(file(id), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    var events = new ArrayList<Event>();
    for (var line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
      if (!line.isBlank()) {
        events.add(Event.of(Json.parseObject(line)));
      }
    }
    return events;
  }

  private Path file(String id) {
    return state.run(id).resolve("events.jsonl");
  }
}
