package adw.daemon.attempt;

import adw.os.NewFolders;
import adw.os.TextFile;
import adw.run.RunStore;
import adw.run.StateFolder;
import adw.text.RunId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Leases of ten consecutive ports each, one a run: a file named after the first port holds the
/// run's id.
public final class PortLeases {
  static final int PER_RUN = 10;
  private static final int FIRST = 9100;
  private static final int LEASES = 1000;

  private final Path folder;
  private final RunStore runs;

  public PortLeases(StateFolder state, RunStore runs) {
    this.folder = state.root().resolve("ports");
    this.runs = runs;
  }

  /// The first port of a lease that no open run, nor one to come, holds and nobody listens on.
  synchronized int lease(String run) throws IOException {
    NewFolders.make(folder);
    for (var lease = 0; lease < LEASES; lease++) {
      var port = FIRST + lease * PER_RUN;
      if (tryLease(port, run)) {
        return port;
      }
    }
    throw new IOException(
        folder + ": no ten free ports between " + FIRST + " and " + (FIRST + LEASES * PER_RUN));
  }

  /// The lease of a run that goes on after it had ended; another one if that is taken by now.
  public synchronized int renew(String run, int port) throws IOException {
    return tryLease(port, run) ? port : lease(run);
  }

  private boolean tryLease(int port, String run) throws IOException {
    var file = folder.resolve(Integer.toString(port));
    var holder = findHolder(file);
    if (holder.isEmpty()) {
      return isFree(port) && tryTake(file, run);
    }
    return holder.get().equals(run) || (isStale(file, holder.get()) && tryTake(file, run));
  }

  /// Runs end at any moment, and their leases with them.
  private static Optional<String> findHolder(Path file) throws IOException {
    try {
      return Optional.of(TextFile.readAny(file));
    } catch (NoSuchFileException free) {
      return Optional.empty();
    }
  }

  private boolean isStale(Path file, String holder) throws IOException {
    if (holder.isEmpty() || isOpen(holder)) {
      return false; // of an empty one the writing has only begun
    }
    Files.deleteIfExists(file);
    return true;
  }

  /// Anything but a run's id is damage, and leases nothing.
  private boolean isOpen(String holder) {
    return RunId.isId(holder)
        && (Files.exists(runs.state().open().resolve(holder))
            || Files.exists(runs.state().ready().resolve(holder)));
  }

  private static boolean tryTake(Path file, String run) throws IOException {
    try {
      Files.writeString(file, run, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false; // somebody listens there: that is the answer
    }
  }

  /// Whatever is leased to it.
  public void releaseAll(String run) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var leases = Files.newDirectoryStream(folder)) {
        for (var lease : leases) {
          if (findHolder(lease).equals(Optional.of(run))) {
            Files.deleteIfExists(lease);
          }
        }
      }
    }
  }

  /// By now another run may hold that port.
  public void release(String run, int port) throws IOException {
    var file = folder.resolve(Integer.toString(port));
    if (findHolder(file).equals(Optional.of(run))) {
      Files.deleteIfExists(file);
    }
  }
}
