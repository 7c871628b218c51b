package adw.cli.command;

import adw.cli.project.Project;
import adw.json.Json;
import adw.os.DurableFiles;
import adw.run.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `adw clean` took away, so that `adw undo` can bring it back: one line a command in
/// `STATE/removals.jsonl`.
final class RemovalLog {
  private final Path file;

  RemovalLog(Project project) {
    this.file = project.state().root().resolve("removals.jsonl");
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
    DurableFiles.append(file, (line.write() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  Optional<List<Removal>> findLast() throws IOException {
    var lines = lines();
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Json.parseObject(lines.getLast()).list("removed").stream().map(Removal::of).toList());
  }

  void dropLast() throws IOException {
    var lines = lines();
    var rest = lines.subList(0, lines.size() - 1);
    var text = rest.isEmpty() ? "" : String.join("\n", rest) + "\n";
    DurableFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> lines() throws IOException {
    var lines = new ArrayList<String>();
    if (Files.exists(file)) {
      Files.readString(file, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(lines::add);
    }
    return lines;
  }
}
