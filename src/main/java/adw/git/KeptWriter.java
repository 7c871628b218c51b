package adw.git;

import adw.os.Disk;
import adw.os.LockFile;
import adw.os.process.ProcessIdentity;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes objects into a new file for all threads of one checkout; one process at a time does. What
/// fails here is no failure of the checkout: less is kept then, or nothing.
final class KeptWriter {
  static final String PART = ".objects";

  // Less is not worth a file.
  private static final int LEAST = 1 << 20;
  private static final int FREE = 4;

  private final Path folder;
  private final long room;
  private final List<KeptPart.Line> lines = new ArrayList<>();
  private final Path unfinished;
  private OutputStream out = new ByteArrayOutputStream();
  private LockFile.@Nullable Held lock;
  private long written;
  private volatile boolean over;

  KeptWriter(Path folder, long room) {
    this.folder = folder;
    this.room = room;
    this.unfinished = folder.resolve("unfinished");
  }

  boolean hasRoom() {
    return room > 0 && !over;
  }

  synchronized void keep(List<KeptPart.Kept> objects) {
    try {
      for (var each : objects) {
        keep(each);
      }
    } catch (IOException _) {
      over = true;
    }
  }

  private void keep(KeptPart.Kept object) throws IOException {
    var bytes = object.content().copy();
    if (over || written + bytes.length > room) {
      return;
    }
    if (lock == null && written + bytes.length > LEAST && !tryBegin()) {
      over = true;
      return;
    }
    out.write(bytes);
    var type = object.content().type();
    lines.add(new KeptPart.Line(object.id(), written, type, bytes.length, object.checksum()));
    written += bytes.length;
  }

  /// Not on a disk that is about to be full; what a dead process did not finish is overwritten.
  private boolean tryBegin() throws IOException {
    Files.createDirectories(folder);
    if (Disk.freeBytes(folder) < FREE * room) {
      return false;
    }
    var held = LockFile.open(folder.resolveSibling("objects.lock")).tryLock();
    if (held.isEmpty()) {
      return false;
    }
    lock = held.get();
    var before = (ByteArrayOutputStream) out;
    out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 18);
    before.writeTo(out);
    return true;
  }

  /// Whether there is a new file now.
  synchronized boolean finish() {
    if (lock == null) {
      return false;
    }
    try (var _ = lock;
        var file = out) {
      if (over) {
        Files.deleteIfExists(unfinished);
        return false;
      }
      lines.sort(null);
      file.write(KeptPart.end(lines, written));
      file.flush();
      Files.move(unfinished, name(), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  static void drop(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException _) {
      // It stays, and is of use or is not.
    }
  }

  private Path name() {
    return folder.resolve(ProcessIdentity.self().pid() + "-" + System.nanoTime() + PART);
  }
}
