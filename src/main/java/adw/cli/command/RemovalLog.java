package adw.cli.command;

import adw.cli.project.Project;
import adw.json.Json;
import adw.json.JsonException;
import adw.os.DurableFiles;
import adw.os.LineLog;
import adw.run.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `adw clean` took away, so that `adw undo` can bring it back: one line a command in
/// `STATE/removals.jsonl`.
final class RemovalLog {
  private final LineLog log;

  RemovalLog(Project project) {
    this.log = new LineLog(project.state().root().resolve("removals.jsonl"));
  }

  /// A worktree that was removed; its branch stayed.
  record Removal(String run, String branch, Path worktree, String start) {
    static Removal of(Run run) {
      var place = run.place().orElseThrow();
      return new Removal(run.id(), place.branch(), place.worktree(), place.start());
    }

    private Json.Obj toJson() {
      return Json.Obj.empty()
          .with("run", run)
          .with("branch", branch)
          .with("worktree", worktree.toString())
          .with("start", start);
    }

    private static Removal of(Json json) {
      var object = (Json.Obj) json;
      return new Removal(
          object.text("run"),
          object.text("branch"),
          Path.of(object.text("worktree")),
          object.text("start"));
    }
  }

  void add(List<Removal> removed, Instant now) throws IOException {
    var line =
        Json.Obj.empty()
            .with("at", now.toString())
            .with("removed", new Json.Arr(removed.stream().<Json>map(Removal::toJson).toList()));
    log.append(line.write());
  }

  Optional<List<Removal>> findLast() throws IOException {
    var records = records();
    return records.isEmpty()
        ? Optional.empty()
        : Optional.of(records.getLast().list("removed").stream().map(Removal::of).toList());
  }

  void dropLast() throws IOException {
    var records = records();
    var text = new StringBuilder();
    records
        .subList(0, records.size() - 1)
        .forEach(record -> text.append(record.write()).append('\n'));
    DurableFiles.replace(log.file(), text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private List<Json.Obj> records() throws IOException {
    var records = new ArrayList<Json.Obj>();
    log.forEach(line -> parse(line).ifPresent(records::add));
    return records;
  }

  private static Optional<Json.Obj> parse(String line) {
    try {
      return Optional.of(Json.parseObject(line));
    } catch (JsonException cutOff) {
      return Optional.empty();
    }
  }
}
