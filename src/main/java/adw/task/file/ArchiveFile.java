package adw.task.file;

import adw.os.DurableFiles;
import adw.task.ArchivedText;
import adw.task.SourceText;
import adw.task.Task;
import adw.task.TaskDocument;
import adw.task.TaskFileException;
import adw.task.TaskLine;
import adw.task.Utf8;
import adw.task.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Lines that are over go to `tasks.done.md`: first they are there, then they leave the file.
final class ArchiveFile {
  private ArchiveFile() {}

  static void move(TaskFileWriter writer, List<Task> tasks)
      throws IOException, InterruptedException {
    if (!tasks.isEmpty()) {
      var document = writer.document();
      append(writer, document, tasks);
      var rest = ArchivedText.of(document, tasks, new byte[0]).file();
      writer.write(writer.parse(rest), memory(writer.known(), tasks));
    }
  }

  /// Beside the file: `tasks.md` has `tasks.done.md`.
  static Path path(Path file) {
    var name = file.getFileName().toString();
    var dot = name.lastIndexOf('.');
    var stem = dot > 0 ? name.substring(0, dot) : name;
    return file.resolveSibling(stem + ".done" + (dot > 0 ? name.substring(dot) : ""));
  }

  /// What a crash left there already is not written twice. A new archive has the rights of the file
  /// that the lines come from.
  private static void append(TaskFileWriter writer, TaskDocument document, List<Task> tasks)
      throws IOException {
    var archive = path(writer.file());
    if (!Files.exists(archive)) {
      writer.swap().tryCreate(archive, new byte[0], Optional.of(writer.file()));
    }
    var old = read(archive);
    var there = lines(old);
    var missing = tasks.stream().filter(task -> !isIn(there, task)).toList();
    var all = ArchivedText.of(document, missing, old).archived();
    if (all.length > old.length) {
      DurableFiles.append(archive, Arrays.copyOfRange(all, old.length, all.length));
    }
  }

  private static byte[] read(Path archive) throws IOException {
    var fault =
        Files.exists(archive) ? FileFault.findUnreadable(archive) : Optional.<FileFault>empty();
    if (fault.isPresent()) {
      throw new TaskFileException(archive.getFileName() + ": " + fault.get());
    }
    return Files.exists(archive) ? FileFault.read(archive) : new byte[0];
  }

  /// What its task lines say, wherever they stand, from the bracket on.
  private static Set<String> lines(byte[] archive) {
    var source = new SourceText(archive, Utf8.startBehindBom(archive), Vocabulary.NONE);
    var found = new HashSet<String>();
    for (var i = 0; i < source.lines(); i++) {
      var start = source.start(i);
      TaskLine.read(source, i)
          .ifPresent(
              line -> found.add(source.decoded(start + line.open(), start + line.textEnd())));
    }
    return found;
  }

  private static boolean isIn(Set<String> archive, Task task) {
    return task.mark().id().isPresent()
        && archive.contains(task.source().decoded(task.open(), task.inkEnd()));
  }

  private static JournalEntry.Memory memory(JournalState known, List<Task> tasks) {
    var archived = new ArrayList<TrackedLine>();
    for (var task : tasks) {
      task.mark().id().flatMap(known::find).ifPresent(line -> archived.add(gone(known, line)));
    }
    return known.memoryOf(archived, List.of());
  }

  private static TrackedLine gone(JournalState known, TrackedLine line) {
    var last = line.last();
    var step = new TrackedLine.Step(known.seq() + 1, last.marker(), last.tail(), last.moved());
    return line.with(step, line.text()).at(TrackedLine.Where.ARCHIVED);
  }
}
