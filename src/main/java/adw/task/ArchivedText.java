package adw.task;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Comparator;
import java.util.List;

/// A task file without some of its ended lines, and the archive with them at its end.
public final class ArchivedText {
  private final byte[] file;
  private final byte[] archived;

  private ArchivedText(String file, String archived) {
    this.file = file.getBytes(ISO_8859_1);
    this.archived = archived.getBytes(ISO_8859_1);
  }

  /// Whole tasks move, with body and subtasks; a subtask stays with its group.
  public static ArchivedText of(TaskDocument document, List<Task> gone, byte[] archived) {
    var text = document.source().text;
    var file = new StringBuilder();
    var moved = new StringBuilder(new String(archived, ISO_8859_1));
    var ending = document.source().lineEnding();
    var at = 0;
    for (var task : inFileOrder(gone)) {
      file.append(text, at, task.start());
      endLine(moved, ending);
      moved.append(text, task.start(), task.end());
      endLine(moved, ending);
      at = task.end();
    }
    file.append(text, at, text.length());
    return new ArchivedText(file.toString(), moved.toString());
  }

  /// The task file without them.
  public byte[] file() {
    return file.clone();
  }

  /// The archive with them.
  public byte[] archived() {
    return archived.clone();
  }

  private static List<Task> inFileOrder(List<Task> tasks) {
    return tasks.stream()
        .filter(task -> task.parent().isEmpty())
        .distinct()
        .sorted(Comparator.comparingInt(Task::line))
        .toList();
  }

  private static void endLine(StringBuilder text, String ending) {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      text.append(ending);
    }
  }
}
