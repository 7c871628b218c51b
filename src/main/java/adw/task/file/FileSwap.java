package adw.task.file;

import adw.os.DurableFiles;
import adw.os.NameExchange;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/// Puts a new text under the task file's name so that whatever was there comes out whole.
final class FileSwap {
  private final WriteStep stages;
  private boolean isPlain;

  FileSwap(WriteStep stages) {
    this.stages = stages;
  }

  /// Without name exchange: a save in the moment of the rename can be lost.
  void usePlainRename() {
    isPlain = true;
  }

  /// The new text on the disk under the swap name, with the file's rights. A cut-off text never
  /// stands under that name.
  void prepare(Path file, Path swap, byte[] bytes) throws IOException {
    var draft = draft(swap);
    try {
      write(draft, bytes);
      FileRights.copy(file, draft);
      stages.reached(WriteStep.Stage.DRAFTED);
      Files.move(draft, swap, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      Files.deleteIfExists(draft);
      throw failed;
    }
  }

  /// The text, whole, under a name that nobody has; false: somebody has it by now.
  boolean tryCreate(Path file, byte[] bytes, Optional<Path> rights) throws IOException {
    var draft = draft(file);
    try {
      write(draft, bytes);
      if (rights.isPresent()) {
        FileRights.copy(rights.get(), draft);
      }
      link(draft, file);
      DurableFiles.syncDirectory(file.resolveSibling(""));
      return true;
    } catch (FileAlreadyExistsException there) {
      return false;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /// Nobody else may look into it before it has the file's rights. Not a channel: an interrupt
  /// would close that.
  private static void write(Path draft, byte[] bytes) throws IOException {
    Files.deleteIfExists(draft);
    Files.createFile(draft, FileRights.OURS_ALONE);
    try (var out = new FileOutputStream(draft.toFile())) {
      out.write(bytes);
      out.getFD().sync();
    }
  }

  /// False: the file no longer holds what was expected and was not touched.
  boolean exchange(Path file, Path swap, byte[] expected) throws IOException {
    if (!isPlain) {
      try {
        NameExchange.swap(file, swap);
        return true;
      } catch (AtomicMoveNotSupportedException cannot) {
        isPlain = true;
      }
    }
    return rename(file, swap, expected);
  }

  private boolean rename(Path file, Path swap, byte[] expected) throws IOException {
    var old = old(swap);
    Files.deleteIfExists(old);
    link(file, old);
    if (!Arrays.equals(expected, Files.readAllBytes(file))) {
      Files.delete(old);
      Files.delete(swap);
      return false;
    }
    Files.move(swap, file, StandardCopyOption.ATOMIC_MOVE);
    Files.move(old, swap, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /// A second name keeps the very file, into which somebody may still write.
  private static void link(Path file, Path name) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (FileAlreadyExistsException there) {
      throw there;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      Files.copy(file, name);
      FileRights.copy(file, name);
    }
  }

  /// What came out goes back under the file's name, and our text comes out.
  void giveBack(Path file, Path displaced) throws IOException {
    if (!isPlain) {
      NameExchange.swap(file, displaced);
    }
  }

  /// What a crash left: whether the exchange of a plan took place. Our text under the file's name
  /// says yes, even if somebody cleared the swap file away; else a swap file that still holds our
  /// text, or is not there, says no.
  boolean recover(Path file, Path swap, VersionHash planned) throws IOException {
    Files.deleteIfExists(draft(swap));
    if (!Files.exists(swap) && Files.exists(old(swap))) {
      Files.move(old(swap), swap, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.deleteIfExists(old(swap));
    var isThere = planned.equals(VersionHash.of(Files.readAllBytes(file)));
    if (isThere || !Files.exists(swap)) {
      return isThere;
    }
    var isOurs = planned.equals(VersionHash.of(Files.readAllBytes(swap)));
    if (isOurs) {
      Files.delete(swap);
    }
    return !isOurs;
  }

  void sync(Path file, Path swap) throws IOException {
    for (var path : new Path[] {file, swap}) {
      var folder = path.getParent();
      if (folder != null) {
        DurableFiles.syncDirectory(folder);
      }
    }
    stages.reached(WriteStep.Stage.SYNCED);
  }

  private static Path draft(Path swap) {
    return swap.resolveSibling(".draft-" + swap.getFileName());
  }

  private static Path old(Path swap) {
    return swap.resolveSibling(".old-" + swap.getFileName());
  }
}
