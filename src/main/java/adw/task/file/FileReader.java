package adw.task.file;

import adw.os.OpenWriter;
import adw.task.ByteCompare;
import adw.task.TaskFileException;
import adw.task.Utf8;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/// Reads the task file, and only whole: while it is being written nothing is concluded from it.
final class FileReader {
  /// What lies under the task file's name.
  sealed interface Sight {
    /// `file` is where the name leads to, links resolved.
    @SuppressWarnings("ArrayRecordComponent")
    record Seen(Path file, byte[] bytes) implements Sight {}

    record Not(FileReading reading) implements Sight {}
  }

  private static final Duration QUIET = Duration.ofMillis(50);
  private static final Duration HALF = Duration.ofSeconds(1);
  private static final Duration EMPTY = Duration.ofSeconds(2);

  /// A program that holds the file open so long without writing is not in the middle of a save.
  private static final Duration STALLED = Duration.ofSeconds(30);

  private static final int MAX_WAITS = 10;

  private static final String LOST_INK =
      "has no text any more: nothing is concluded from that (adw undo --file brings it back, or"
          + " write a line into it)";

  private final Path named;
  private final Path state;
  private final InstantSource clock;
  private final WriteStep stages;
  private Optional<String> lastKey = Optional.empty();
  private Optional<Half> half = Optional.empty();
  private volatile Optional<FileStamp> placed = Optional.empty();
  private long writes;

  /// A text that only lacks the end of the last version: most likely it is still being written.
  private record Half(VersionHash print, Instant since) {}

  FileReader(Path named, Path state, InstantSource clock, WriteStep stages) {
    this.named = named;
    this.state = state;
    this.clock = clock;
    this.stages = stages;
  }

  /// The last version known needs no waiting.
  Sight look(JournalState known) throws IOException, InterruptedException {
    try {
      var file = named.toRealPath();
      var fault = FileFault.findUnwritable(file);
      return fault.isPresent() ? new Sight.Not(refused(fault.get().toString())) : read(file, known);
    } catch (NoSuchFileException gone) {
      return new Sight.Not(missing(known));
    } catch (AccessDeniedException denied) {
      return new Sight.Not(refused("cannot be read (give yourself the right to)"));
    }
  }

  /// Where the file has to be, through a link that leads to nothing.
  Path findTarget() throws IOException {
    return Files.isSymbolicLink(named)
        ? named.resolveSibling(Files.readSymbolicLink(named))
        : named;
  }

  private FileReading missing(JournalState last) throws IOException {
    if (Files.isSymbolicLink(named)) {
      return refused(
          "is a link to "
              + Files.readSymbolicLink(named)
              + ", which does not exist (mend the link)");
    }
    return notYet(
        last.bytes().length > 0
            ? "is gone (adw undo --file brings it back)"
            : "no such file (adw init makes one)");
  }

  private Sight read(Path file, JournalState last) throws IOException, InterruptedException {
    try {
      return readWhole(file, last);
    } catch (TaskFileException grown) {
      return new Sight.Not(refused(String.valueOf(grown.getMessage())));
    }
  }

  private Sight readWhole(Path file, JournalState last) throws IOException, InterruptedException {
    var known = last.bytes();
    for (var i = 0; i < MAX_WAITS; i++) {
      var stamp = FileStamp.of(file);
      var bytes = FileFault.read(file);
      stages.reached(WriteStep.Stage.LOOKED);
      if (Arrays.equals(bytes, known)
          || (isWhole(file, stamp, bytes, known) && stamp.equals(FileStamp.of(file)))
          || isQuiet(file, stamp, bytes)) {
        return judge(file, stamp, bytes, last);
      }
    }
    return new Sight.Not(notYet("is being written"));
  }

  /// A new file came by a rename. If it may have been made in place, its end must be there.
  private boolean isWhole(Path file, FileStamp stamp, byte[] bytes, byte[] known)
      throws IOException {
    var isNew = !lastKey.equals(Optional.of(stamp.key()));
    return isNew
        && bytes.length > 0
        && (stamp.isRenamed() || hasEndOf(bytes, known))
        && OpenWriter.of(file) != OpenWriter.SOME;
  }

  /// The last line of the version before stands in it: what is cut off can only be new.
  private static boolean hasEndOf(byte[] bytes, byte[] known) {
    if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
      return false;
    }
    var end = known.length;
    while (end > 0 && known[end - 1] <= ' ' && known[end - 1] >= 0) {
      end--;
    }
    var start = end;
    while (start > 0 && known[start - 1] != '\n') {
      start--;
    }
    return ByteCompare.hasLine(bytes, known, start, end);
  }

  private boolean isQuiet(Path file, FileStamp stamp, byte[] bytes)
      throws IOException, InterruptedException {
    stages.reached(WriteStep.Stage.WAITING);
    Thread.sleep(QUIET);
    return stamp.equals(FileStamp.of(file))
        && isClosed(file, stamp)
        && Arrays.equals(bytes, FileFault.read(file));
  }

  /// Whether nobody is in the middle of writing it, however long that takes.
  private boolean isClosed(Path file, FileStamp stamp) throws IOException {
    return switch (OpenWriter.of(file)) {
      case NONE -> true;
      case SOME -> isOlder(stamp, STALLED);
      case UNKNOWN -> isOlder(stamp, HALF);
    };
  }

  /// Whether somebody may go on writing into the file: then what it lacks may be about to come.
  boolean isOpen() throws IOException {
    return OpenWriter.of(named) == OpenWriter.SOME;
  }

  private Sight judge(Path file, FileStamp stamp, byte[] bytes, JournalState last)
      throws IOException {
    var known = last.bytes();
    var isKnownFile = lastKey.equals(Optional.of(stamp.key()));
    if (!Utf8.hasInk(bytes) && !Arrays.equals(bytes, known)) {
      if (!isOlder(stamp, EMPTY)) {
        return new Sight.Not(notYet("is empty, and may be about to be written"));
      }
      if (last.showsRuns()) {
        return new Sight.Not(refused(LOST_INK));
      }
    }
    if (bytes.length > 0 && isKnownFile && isHalf(bytes, known)) {
      return new Sight.Not(notYet("is being written, its end is missing"));
    }
    lastKey = Optional.of(stamp.key());
    return new Sight.Seen(file, bytes);
  }

  /// Whether it was not written for so long, by the clock of the file system itself.
  private boolean isOlder(FileStamp stamp, Duration age) throws IOException {
    var probe = Files.createTempFile(state, "now", null);
    try {
      var now = FileStamp.of(probe).changed().toInstant();
      return !stamp.changed().toInstant().plus(age).isAfter(now);
    } finally {
      Files.delete(probe);
    }
  }

  static boolean isStart(byte[] bytes, byte[] whole) {
    return bytes.length < whole.length && Arrays.mismatch(bytes, whole) == bytes.length;
  }

  /// For a second it is taken for half-written; then the person has meant it.
  boolean isHalf(byte[] bytes, byte[] known) {
    if (!isStart(bytes, known)) {
      half = Optional.empty();
      return false;
    }
    var print = VersionHash.of(bytes);
    var now = clock.instant();
    if (half.filter(h -> h.print().equals(print) && !h.since().isAfter(now)).isEmpty()) {
      half = Optional.of(new Half(print, now));
    }
    return now.isBefore(half.get().since().plus(HALF));
  }

  /// The file that we are about to put there. Its time is set between two ticks of the kernel's
  /// clock, by which files get theirs: a save into it shows, however soon it comes. It is known by
  /// its key: as long as it is not there, nothing that is there is taken for it.
  String place(Path file) throws IOException {
    try {
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      placed = Optional.of(FileStamp.of(file));
    } catch (FileSystemException notOurs) {
      placed = Optional.empty();
    }
    return FileStamp.of(file).key();
  }

  /// It has the file's name now.
  void placed(String key) {
    writes++;
    know(key);
  }

  /// That file is none that came by a rename: what changes in it is written into it.
  void know(String key) {
    lastKey = Optional.of(key);
  }

  /// Whether that file was seen under the name last.
  boolean isKnown(String key) {
    return lastKey.equals(Optional.of(key));
  }

  /// How often we have put a file there.
  long writes() {
    return writes;
  }

  /// Whether the file is the one that we put there last, and nobody wrote into it since. From any
  /// thread.
  boolean isAsPlaced() {
    try {
      var last = placed;
      return last.isPresent() && last.get().isOfSameText(FileStamp.of(named));
    } catch (IOException gone) {
      return false;
    }
  }

  /// The bytes of a displaced file, if nobody is writing into it.
  Optional<byte[]> readQuiet(Path file) throws IOException, InterruptedException {
    if (FileFault.findUnreadable(file).isPresent()) {
      return Optional.empty();
    }
    var stamp = FileStamp.of(file);
    var bytes = FileFault.read(file);
    return isQuiet(file, stamp, bytes) ? Optional.of(bytes) : Optional.empty();
  }

  FileReading.NotYet notYet(String why) {
    return new FileReading.NotYet(named + ": " + why);
  }

  FileReading.Refused refused(String why) {
    return new FileReading.Refused(named + ": " + why);
  }
}
