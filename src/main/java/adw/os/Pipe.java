package adw.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.util.Optional;

/// A pipe to a child of `posix_spawn`: one end as a stream of ours, the other as a number for the
/// child. Closing gives both numbers back; the stream is a descriptor of its own and stays.
final class Pipe implements AutoCloseable {
  private static final int CLOSE_ON_EXEC = 0x80000;

  private final int source;
  private final int sink;

  private Pipe(int source, int sink) {
    this.source = source;
    this.sink = sink;
  }

  static Pipe create() throws IOException {
    try (var arena = Arena.ofConfined()) {
      var ends = arena.allocate(JAVA_INT, 2);
      var made =
          Native.call(
              arena, state -> (int) Functions.PIPE.get().of(state, ends.address(), CLOSE_ON_EXEC));
      if (made.failed()) {
        throw new IOException("no pipe: " + Native.message(made.errno()));
      }
      return new Pipe(ends.getAtIndex(JAVA_INT, 0), ends.getAtIndex(JAVA_INT, 1));
    }
  }

  /// The number from which is read.
  int source() {
    return source;
  }

  /// The number to which is written.
  int sink() {
    return sink;
  }

  /// Opened while the other end is still open here, or it would wait for a writer.
  InputStream reader() throws IOException {
    return new ToItsEnd(path(source));
  }

  OutputStream writer() throws IOException {
    return new FileOutputStream(path(sink));
  }

  private static String path(int number) {
    return "/proc/self/fd/" + number;
  }

  @Override
  public void close() throws IOException {
    try (var arena = Arena.ofConfined()) {
      Native.call(arena, state -> (int) Functions.CLOSE.get().of(state, source));
      Native.call(arena, state -> (int) Functions.CLOSE.get().of(state, sink));
    }
  }

  /// Gives its descriptor back once the last writer is gone.
  private static final class ToItsEnd extends FileInputStream {
    private boolean isOver;

    ToItsEnd(String path) throws IOException {
      super(path);
    }

    @Override
    public int read() throws IOException {
      return isOver ? -1 : checked(super.read());
    }

    @Override
    public int read(byte[] block) throws IOException {
      return read(block, 0, block.length);
    }

    @Override
    public int read(byte[] block, int offset, int length) throws IOException {
      return isOver ? -1 : checked(super.read(block, offset, length));
    }

    private int checked(int answer) throws IOException {
      if (answer < 0) {
        isOver = true;
        close();
      }
      return answer;
    }
  }

  private static final class Functions {
    static final Optional<LinuxCall> PIPE = LinuxCall.find("pipe2");
    static final Optional<LinuxCall> CLOSE = LinuxCall.find("close");
  }
}
