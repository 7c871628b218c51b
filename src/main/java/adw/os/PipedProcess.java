package adw.os;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A child of `posix_spawn` as the JDK knows processes.
final class PipedProcess extends Process {
  private record Streams(OutputStream in, InputStream out, InputStream err) {
    void close() throws IOException {
      try (in;
          out) {
        err.close();
      }
    }
  }

  private final long pid;
  private final Streams streams;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();

  private PipedProcess(long pid, Streams streams) {
    this.pid = pid;
    this.streams = streams;
  }

  /// With a pipe for its input.
  static Process fed(List<String> argv, Path directory, Map<String, String> environment)
      throws IOException {
    try (var in = Pipe.create()) {
      return start(
          in.writer(),
          (out, err) ->
              PosixSpawn.start(
                  argv,
                  directory,
                  environment,
                  new PosixSpawn.Ends(OptionalInt.of(in.source()), out, err)));
    }
  }

  /// Its input is empty.
  static Process unfed(List<String> argv, Path directory, Map<String, String> environment)
      throws IOException {
    return start(
        OutputStream.nullOutputStream(),
        (out, err) ->
            PosixSpawn.start(
                argv, directory, environment, new PosixSpawn.Ends(OptionalInt.empty(), out, err)));
  }

  private interface Starter {
    long start(int out, int err) throws IOException;
  }

  private static Process start(OutputStream in, Starter starter) throws IOException {
    try (var out = Pipe.create();
        var err = Pipe.create()) {
      var streams = new Streams(in, out.reader(), err.reader());
      try {
        var child = new PipedProcess(starter.start(out.sink(), err.sink()), streams);
        Listeners.start(child::watch);
        return child;
      } catch (IOException e) {
        streams.close();
        throw e;
      }
    }
  }

  private void watch() {
    try {
      ended.complete(PosixSpawn.await(pid));
    } catch (IOException e) {
      ended.completeExceptionally(e);
    }
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public boolean isAlive() {
    return !ended.isDone();
  }

  @Override
  public int waitFor() throws InterruptedException {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
    try {
      ended.get(time, unit);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public int exitValue() {
    if (isAlive()) {
      throw new IllegalThreadStateException("process " + pid + " has not ended");
    }
    return ended.join();
  }

  @Override
  public void destroy() {
    if (isAlive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
  }

  @Override
  public OutputStream getOutputStream() {
    return streams.in();
  }

  @Override
  public InputStream getInputStream() {
    return streams.out();
  }

  @Override
  public InputStream getErrorStream() {
    return streams.err();
  }
}
