package adw.task.file;

import adw.task.Edit;
import adw.task.Task;
import adw.task.TaskDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The task file while the lock is held. Edits are made of the tasks of the last document given.
public final class LockedTaskFile {
  private final TaskFileWriter writer;
  private final Settling settling;
  private final Instant now;
  private boolean isRead;
  private int asked;

  LockedTaskFile(TaskFileWriter writer, Settling settling, Instant now) {
    this.writer = writer;
    this.settling = settling;
    this.now = now;
  }

  /// Takes in what people saved. May write: what they cannot have seen is put back.
  public FileReading read() throws IOException, InterruptedException {
    isRead = false;
    var obstacle = writer.catchUp();
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    isRead = true;
    return current();
  }

  private FileReading.Current current() {
    var document = writer.document();
    settling.observe(document, ownTexts(), now);
    var commands = commands(document);
    var withheld = new ArrayList<>(settling.withheld(document, now));
    withheld.addAll(hidden(document));
    return new FileReading.Current(
        document, commands, writer.known().notices(), withheld, lookAgain(document, withheld));
  }

  private Optional<Instant> lookAgain(TaskDocument document, List<FileReading.Withheld> withheld) {
    var settled =
        withheld.stream().flatMap(held -> settling.until(document, held.task(), now).stream());
    return Stream.concat(settled, writer.findEndOfPatience().stream()).min(Instant::compareTo);
  }

  private List<PersonCommand> commands(TaskDocument document) {
    var all = writer.known().asked();
    asked = all.size();
    return JournaledCommand.on(document, all);
  }

  private Set<String> ownTexts() {
    var texts = new HashSet<String>();
    for (var line : writer.known().tracked()) {
      if (line.origin() == TrackedLine.Origin.DAEMON) {
        texts.add(line.text());
      }
    }
    return texts;
  }

  /// Lines that look open although the journal knows their run, and lines of another branch.
  private List<FileReading.Withheld> hidden(TaskDocument document) {
    var lines = TrackedLines.of(writer.known(), document);
    var all = writer.known().foreign();
    var foreign = all.isEmpty() || writer.git().isHome() ? Set.<String>of() : all;
    var found = new ArrayList<FileReading.Withheld>();
    var isNone = lines.isEmpty() && foreign.isEmpty();
    for (var task : isNone ? List.<Task>of() : document.tasks()) {
      lines
          .findHidden(task)
          .map(line -> new FileReading.Withheld(task, why(line)))
          .ifPresent(found::add);
      if (foreign.contains(LineMatching.key(task))) {
        found.add(
            new FileReading.Withheld(task, "came with another branch (switch back to run it)"));
      }
    }
    return found;
  }

  private static String why(TrackedLine line) {
    return "was run as " + line.mark().id().orElse("?") + ", and git put an older text here";
  }

  /// The commands of the last reading are taken care of, also after a crash; they come no more.
  public void handled() throws IOException {
    if (asked > 0) {
      writer.handled(asked);
      asked = 0;
    }
  }

  /// One write. The document is the file after it, with saves that were made in that moment.
  public TaskDocument write(List<Edit> edits) throws IOException, InterruptedException {
    requireRead();
    isRead = false;
    writer.write(edits);
    return wrote();
  }

  /// A write that failed half-way leaves `isRead` false: only a reading finds out how it ended.
  private TaskDocument wrote() {
    isRead = true;
    settling.wrote(writer.document());
    return writer.document();
  }

  private void requireRead() {
    if (!isRead) {
      throw new IllegalStateException("the task file was not read, or could not be");
    }
  }

  /// Moves these tasks with their bodies to the archive beside the file: `tasks.done.md`.
  public TaskDocument archive(List<Task> tasks) throws IOException, InterruptedException {
    requireRead();
    isRead = false;
    ArchiveFile.move(writer, tasks);
    return wrote();
  }

  /// The characters that stood between the brackets before the first edit of ours.
  public Optional<String> findTyped(Task task) {
    return TrackedLines.of(writer.known(), writer.document()).find(task).map(TrackedLine::from);
  }

  /// Whether a mark of that run was ever written to the file, wherever its line is now.
  public boolean hasWritten(String runId) {
    return writer.known().find(runId).isPresent();
  }

  /// Forgets all that was: the file counts as never seen. Its text stays.
  public void forget() throws IOException {
    isRead = false;
    asked = 0;
    writer.forget();
  }

  /// The task file of this repository, if it is another one: nothing can be read until it is taken
  /// over.
  public Optional<Path> findOtherQueue() throws IOException {
    return writer.findOtherQueue();
  }

  /// This file becomes the queue of its repository; the other one is left as it is.
  public void takeOver() throws IOException {
    isRead = false;
    writer.takeOver();
  }

  /// Puts the last text known where the file was; false: it is there, or was never seen.
  public boolean tryBringBack() throws IOException {
    isRead = false;
    return writer.tryBringBack();
  }

  /// Earlier versions, newest first. Looking at one touches its file: none is younger than the one
  /// that came after it.
  public List<FileVersion> versions() throws IOException {
    var found = new ArrayList<FileVersion>();
    var latest = now;
    for (var version : writer.versions().all(writer.file()).reversed()) {
      var stamp = FileStamp.of(version.path());
      var changed = stamp.changed().toInstant();
      latest = changed.isBefore(latest) ? changed : latest;
      found.add(new FileVersion(version.path(), version.seq(), latest, stamp.size()));
    }
    return found;
  }

  /// The lines of that version, with the marks that are true now: nothing starts or ends by it.
  public TaskDocument restore(FileVersion version) throws IOException, InterruptedException {
    requireRead();
    isRead = false;
    writer.restore(Files.readAllBytes(version.path()));
    return wrote();
  }
}
