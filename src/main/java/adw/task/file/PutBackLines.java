package adw.task.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.os.DurableFiles;
import adw.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lines of ended runs that were put back since a save had not seen their end, and the texts that
/// are held for it: what the journal knows of them, for whoever reads the task file alone. One line
/// each in `journal/put-back`: `adw_1a2b3c4d echologout`, the text without blanks, or nothing.
public final class PutBackLines {
  public static final PutBackLines NONE = new PutBackLines(List.of());

  private final List<PutBackLine> all;

  private PutBackLines(List<PutBackLine> all) {
    this.all = List.copyOf(all);
  }

  public static PutBackLines read(Path state) throws IOException {
    try {
      var all = new ArrayList<PutBackLine>();
      // Damaged bytes are characters that nothing matches: it is written anew at the next look.
      for (var line : new String(Files.readAllBytes(file(state)), UTF_8).lines().toList()) {
        var blank = line.indexOf(' ');
        if (blank > 0) {
          all.add(new PutBackLine(line.substring(0, blank), line.substring(blank + 1)));
        }
      }
      return new PutBackLines(all);
    } catch (NoSuchFileException none) {
      return NONE;
    }
  }

  /// Before anything is decided that rests on it.
  static void write(Path state, List<PutBackLine> all) throws IOException {
    if (!read(state).all.equals(all)) {
      var text = new StringBuilder();
      all.forEach(line -> text.append(line.runId()).append(' ').append(line.held()).append('\n'));
      DurableFiles.replace(file(state), text.toString().getBytes(UTF_8));
    }
  }

  private static Path file(Path state) {
    return state.resolve("journal").resolve("put-back");
  }

  /// The runs, each once.
  public List<String> runs() {
    return all.stream().map(PutBackLine::runId).distinct().toList();
  }

  /// The ended run that this task reads like: until a save that has seen its end still holds the
  /// task, it must not start.
  public Optional<String> findHold(Task task) {
    if (all.isEmpty() || task.mark().id().isPresent()) {
      return Optional.empty();
    }
    var key = LineMatching.key(task);
    return all.stream().filter(line -> line.held().equals(key)).findFirst().map(PutBackLine::runId);
  }
}
