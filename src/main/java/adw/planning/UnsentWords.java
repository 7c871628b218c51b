package adw.planning;

import adw.os.TextFile;
import adw.run.Run;
import adw.run.StateFolder;
import adw.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a person wrote below a task's line and nobody has sent yet: the lines `> …` of its body
/// that were not there when its run began, and that the run was not told since.
public final class UnsentWords {
  private UnsentWords() {}

  public static Optional<String> find(StateFolder state, Run run, Task task) throws IOException {
    var words = new ArrayList<>(quoted(task.body()));
    known(state, run).forEach(words::remove);
    var text = String.join("\n", words).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static List<String> known(StateFolder state, Run run) throws IOException {
    var known = new ArrayList<>(quoted(run.order().body()));
    var asked = new ArrayList<>(known);
    var answers = state.run(run.id()).resolve("answers.md");
    if (Files.exists(answers)) {
      for (var line : TextFile.readAny(answers).lines().map(String::strip).toList()) {
        if (!asked.remove(line)) {
          known.add(line);
        }
      }
    }
    return known;
  }

  private static List<String> quoted(String body) {
    return body.lines()
        .map(String::strip)
        .filter(line -> line.startsWith(">"))
        .map(line -> line.substring(1).strip())
        .toList();
  }
}
