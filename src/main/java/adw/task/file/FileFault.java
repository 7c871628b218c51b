package adw.task.file;

import adw.task.TaskFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Why a file cannot be the task file, or its archive, found out before it is opened: reading a
/// FIFO waits for ever, and a device must never be replaced by a file.
public record FileFault(String what, String cure) {
  /// Far more than people write; more would fill the memory.
  static final long MAX_BYTES = 64L << 20;

  // <sys/stat.h>
  private static final int TYPE = 0170000;
  private static final int FIFO = 0010000;
  private static final int SOCKET = 0140000;

  private static final Set<PosixFilePermission> WRITE =
      Set.of(
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);

  /// The bytes of a file; a TaskFileException names what is wrong with it.
  public static byte[] read(Path file) throws IOException {
    var fault = findUnreadable(file);
    if (fault.isPresent()) {
      throw new TaskFileException(fault.get().toString());
    }
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes((int) MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new TaskFileException(tooBig(Files.size(file)).toString()); // it grows
      }
      return bytes;
    }
  }

  /// Of a file that is there, also behind a link.
  public static Optional<FileFault> findUnreadable(Path file) throws IOException {
    var found = Files.readAttributes(file, BasicFileAttributes.class);
    if (found.isDirectory()) {
      return fault("is a folder, not a file", "move it away");
    }
    if (!found.isRegularFile()) {
      return fault(kind(file) + ", not a file", "put a file there");
    }
    if (!Files.isReadable(file)) {
      return fault("cannot be read", "chmod u+r " + file.getFileName());
    }
    return found.size() > MAX_BYTES ? Optional.of(tooBig(found.size())) : Optional.empty();
  }

  /// The same, and what keeps us from writing it. A file that is not there has none.
  public static Optional<FileFault> findUnwritable(Path named) throws IOException {
    try {
      var file = named.toRealPath();
      var fault = findUnreadable(file);
      return fault.isPresent() ? fault : findReadOnly(file);
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  private static Optional<FileFault> findReadOnly(Path file) throws IOException {
    if (!mayBeWritten(file)) {
      return fault("is read-only", "chmod u+w " + file.getFileName());
    }
    var folder = file.getParent();
    return folder == null || mayBeWritten(folder)
        ? Optional.empty()
        : fault("its folder " + folder + " is read-only", "chmod u+w it");
  }

  /// The mode counts for root, too: somebody has set it.
  private static boolean mayBeWritten(Path file) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return Files.isWritable(file)
        && (view == null || view.readAttributes().permissions().stream().anyMatch(WRITE::contains));
  }

  private static String kind(Path file) throws IOException {
    return switch ((Integer) Files.getAttribute(file, "unix:mode") & TYPE) {
      case FIFO -> "is a FIFO";
      case SOCKET -> "is a socket";
      default -> "is a device";
    };
  }

  private static FileFault tooBig(long size) {
    var most = MAX_BYTES >> 20;
    return new FileFault(
        String.format(Locale.ROOT, "has %d MiB, and at most %d are read", size >> 20, most),
        "take out what is no task");
  }

  private static Optional<FileFault> fault(String what, String cure) {
    return Optional.of(new FileFault(what, cure));
  }

  @Override
  public String toString() {
    return what + " (" + cure + ")";
  }
}
