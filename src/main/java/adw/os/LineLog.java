package adw.os;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// A file of lines that only grows, one record a line. A crash can cut its last line off: the next
/// line then begins on a line of its own, and readers pass over what they cannot parse.
public record LineLog(Path file) {
  private static final byte END = '\n';

  /// On the disk when this returns. With one write, so that lines of two processes never mix.
  public void append(String line) throws IOException {
    DurableFiles.append(file, bytes(line));
  }

  /// The same, but a power failure may take it back.
  public void appendUnsynced(String line) throws IOException {
    DurableFiles.appendUnsynced(file, bytes(line));
  }

  private byte[] bytes(String line) throws IOException {
    return ((isCutOff() ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private boolean isCutOff() throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return false;
    }
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      return isCutOff(in);
    }
  }

  private static boolean isCutOff(RandomAccessFile in) throws IOException {
    if (in.length() == 0) {
      return false;
    }
    in.seek(in.length() - 1);
    return in.read() != END;
  }

  /// Gives each line that says something, oldest first; none where there is no file. Bytes that are
  /// not UTF-8 read as U+FFFD.
  public void forEach(Consumer<String> each) throws IOException {
    try (var bytes = Files.newInputStream(file);
        var lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          each.accept(line);
        }
      }
    } catch (NoSuchFileException e) {
      // Nothing was ever written to it.
      return;
    } catch (IOException unread) {
      if (Files.isDirectory(file)) {
        throw new UnusableFileException(file, "is a folder", "move it away");
      }
      throw unread;
    }
  }

  /// For a process that alone writes to it, and often.
  public Held open() throws IOException {
    return new Held(file);
  }

  /// Keeps the file open: one descriptor waits for the disk, one does not. Neither closes when the
  /// thread is interrupted.
  public static final class Held implements AutoCloseable {
    private final RandomAccessFile synced;
    private final RandomAccessFile unsynced;
    private boolean wasSynced;
    private long end;

    private Held(Path file) throws IOException {
      synced = new RandomAccessFile(file.toFile(), "rwd");
      unsynced = new RandomAccessFile(file.toFile(), "rw");
      var cutOff = isCutOff(unsynced);
      end = unsynced.length();
      unsynced.seek(end);
      if (cutOff) {
        write(new byte[] {END}, false);
      }
    }

    public void append(String line) throws IOException {
      write((line + "\n").getBytes(StandardCharsets.UTF_8), true);
    }

    public void appendUnsynced(String line) throws IOException {
      write((line + "\n").getBytes(StandardCharsets.UTF_8), false);
    }

    /// A line that went there by half, since the disk is full, is taken back.
    private synchronized void write(byte[] bytes, boolean sync) throws IOException {
      var out = sync ? synced : unsynced;
      if (sync != wasSynced) {
        out.seek(end);
        wasSynced = sync;
      }
      try {
        out.write(bytes);
        end += bytes.length;
      } catch (IOException full) {
        out.setLength(end);
        out.seek(end);
        throw full;
      }
    }

    @Override
    public void close() throws IOException {
      try (synced) {
        unsynced.close();
      }
    }
  }
}
