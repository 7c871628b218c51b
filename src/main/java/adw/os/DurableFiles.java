package adw.os;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// Writes after which the file is the old one or the new one, whole, also when the power fails.
public final class DurableFiles {
  private static final AtomicLong NEXT = new AtomicLong();

  /// Containers that share the folder may share our pid too.
  private static final String WRITER =
      ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());

  private static final Pattern DRAFT = Pattern.compile("\\..+\\.(?:(\\d{1,9})-)?[^.]+\\.tmp");

  private DurableFiles() {}

  /// On the disk, under its name, when this returns.
  public static void replace(Path file, byte[] bytes) throws IOException {
    moveInto(file, bytes, true);
    syncDirectory(folder(file));
  }

  /// Whole at any moment for other processes; a power failure may bring back the old one.
  public static void replaceUnsynced(Path file, byte[] bytes) throws IOException {
    moveInto(file, bytes, false);
  }

  /// Adds to the end, with one write; if that fails half-way, the half is taken back.
  public static void append(Path file, byte[] bytes) throws IOException {
    var isNew = !Files.exists(file);
    append(file, bytes, true);
    if (isNew) {
      syncDirectory(folder(file));
    }
  }

  public static void appendUnsynced(Path file, byte[] bytes) throws IOException {
    append(file, bytes, false);
  }

  /// A file's content can be on the disk while its name is not.
  public static void syncDirectory(Path folder) throws IOException {
    // A channel refuses an interrupted thread; the last writes of a run that is being stopped
    // count.
    var interrupted = Thread.interrupted();
    try {
      forceDirectory(folder);
    } catch (ClosedByInterruptException stop) {
      interrupted |= Thread.interrupted();
      forceDirectory(folder);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void forceDirectory(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void moveInto(Path file, byte[] bytes, boolean sync) throws IOException {
    var draft = draft(file);
    try {
      write(draft, bytes, sync);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      Files.deleteIfExists(draft);
      throw failed;
    }
  }

  /// Not a channel: an interrupt would close that.
  private static void write(Path file, byte[] bytes, boolean sync) throws IOException {
    try (var out = new FileOutputStream(file.toFile())) {
      out.write(bytes);
      if (sync) {
        out.getFD().sync();
      }
    }
  }

  private static void append(Path file, byte[] bytes, boolean sync) throws IOException {
    try (var out = new FileOutputStream(file.toFile(), true)) {
      var before = Files.size(file);
      try {
        out.write(bytes);
        if (sync) {
          out.getFD().sync();
        }
      } catch (IOException full) {
        out.getChannel().truncate(before);
        throw full;
      }
    }
  }

  /// Whether the file was about to take another's place, and its writer, as far as its number
  /// tells, is gone.
  public static boolean isAbandonedDraft(Path file) {
    var draft = DRAFT.matcher(String.valueOf(file.getFileName()));
    return draft.matches()
        && (draft.group(1) == null
            || (Long.parseLong(draft.group(1)) != ProcessHandle.current().pid()
                && ProcessHandle.of(Long.parseLong(draft.group(1))).isEmpty()));
  }

  private static Path draft(Path file) {
    var name = "." + file.getFileName() + "." + WRITER + "-" + NEXT.incrementAndGet() + ".tmp";
    return folder(file).resolve(name);
  }

  private static Path folder(Path file) {
    var parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}
