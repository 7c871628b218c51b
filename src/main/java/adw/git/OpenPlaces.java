package adw.git;

import adw.os.Directory;
import java.io.IOException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/// The folders of one checkout that stay open until it ends, so that the system need not go the way
/// to each of their files from the top: in a deep tree that is an eighth of all work. What is in
/// any other folder is reached from the nearest open one.
final class OpenPlaces implements AutoCloseable {
  // A quarter of what a process may open at least, for all checkouts of this one.
  private static final Semaphore FREE = new Semaphore(1024);
  // Of fewer things in a folder, opening it costs what it saves.
  private static final int SEVERAL = 4;

  private final Queue<Directory> open = new ConcurrentLinkedQueue<>();

  /// An open folder, and how much of the paths below it leads there.
  record Place(Directory folder, int length) {
    byte[] name(byte[] path) {
      return Arrays.copyOfRange(path, length, path.length);
    }
  }

  /// The place of what is in a folder that was just made; its path ends in "/".
  Place enter(Place outer, byte[] path, int things) throws IOException {
    if (things < SEVERAL || !FREE.tryAcquire()) {
      return outer;
    }
    var entered = false;
    try {
      var folder = outer.folder.enter(Arrays.copyOfRange(path, outer.length, path.length - 1));
      open.add(folder);
      entered = true;
      return new Place(folder, path.length);
    } finally {
      if (!entered) {
        FREE.release();
      }
    }
  }

  /// Once no thread uses them any more.
  @Override
  public void close() throws IOException {
    for (var folder = open.poll(); folder != null; folder = open.poll()) {
      FREE.release();
      folder.close();
    }
  }
}
