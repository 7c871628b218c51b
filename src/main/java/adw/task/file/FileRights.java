package adw.task.file;

import adw.os.ExtendedAttributes;
import adw.os.UnusableFileException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/// Who may do what with a file: mode, owner, group, access control list, and its other extended
/// attributes.
final class FileRights {
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rw-------");

  static final FileAttribute<Set<PosixFilePermission>> OURS_ALONE =
      PosixFilePermissions.asFileAttribute(OWNER_ALONE);

  private FileRights() {}

  /// Gives a new file the rights of the one whose place it takes. The owner can be another one:
  /// only root may give files away.
  ///
  /// @throws UnusableFileException where anybody else would have more rights than before, or fewer
  static void copy(Path from, Path to) throws IOException {
    var source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    var target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (source == null || target == null) {
      return;
    }
    if (!owner(from).equals(owner(to))) {
      copyOwner(from, to);
    }
    ExtendedAttributes.copy(from, to);
    if (!ExtendedAttributes.names(from).contains(ExtendedAttributes.ACCESS_LIST)) {
      target.setPermissions(source.readAttributes().permissions());
    }
  }

  /// Nobody but its owner may do anything with it.
  static void close(Path file) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(OWNER_ALONE);
    }
  }

  /// By their numbers: for their names the system reads its lists of users and groups.
  private static Map<String, Object> owner(Path file) throws IOException {
    return Files.readAttributes(file, "unix:uid,gid");
  }

  private static void copyOwner(Path from, Path to) throws IOException {
    var wanted = owner(from);
    try {
      Files.setAttribute(to, "unix:gid", wanted.get("gid"));
    } catch (FileSystemException notOurs) {
      refuseIfItMatters(from);
    }
    try {
      Files.setAttribute(to, "unix:uid", wanted.get("uid"));
    } catch (FileSystemException notPermitted) {
      return;
    }
  }

  /// Where the group may do what all may, it does not matter which one it is.
  private static void refuseIfItMatters(Path file) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    var mode = (Integer) Files.getAttribute(file, "unix:mode");
    var isForAll = (mode >> 3 & 7) == (mode & 7);
    if (!isForAll || ExtendedAttributes.names(file).contains(ExtendedAttributes.ACCESS_LIST)) {
      throw new UnusableFileException(
          file,
          "a new text could not keep its group " + view.readAttributes().group(),
          "run adw as a member of that group, or chgrp the file to one of yours");
    }
  }
}
