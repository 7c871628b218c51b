package adw.os.process;

import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A started command whose output is read while it runs. Standard error is kept, bounded,
/// meanwhile. Closing ends the whole tree without a grace, if it is still there.
public final class ChildProcess implements AutoCloseable {
  private static final long SETTLE_MILLIS = 500;

  private final Process process;
  private final StreamCapture.Reading err;
  private final ProcessTree tree;
  private final long started = System.nanoTime();

  ChildProcess(Process process) {
    this.process = process;
    this.err = StreamCapture.start(process.getErrorStream());
    this.tree = ProcessTree.of(process.pid());
  }

  public long pid() {
    return process.pid();
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /// To be read by the caller, to its end.
  public InputStream out() {
    return process.getInputStream();
  }

  /// Does the work, mostly to read the output, on a thread that is used again for other children.
  ///
  /// @return counted down when it is done
  public CountDownLatch listen(Runnable work) {
    return ListenerThreads.start(work);
  }

  /// What has been said on standard error until now; all of it once the process has ended.
  public byte[] err() throws InterruptedException {
    if (!process.isAlive()) {
      err.settle(SETTLE_MILLIS);
    }
    return err.capture().bytes();
  }

  long omitted() {
    return err.capture().omitted();
  }

  /// Empty if it still runs after that time.
  public Optional<ExitStatus> await(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)
        ? Optional.of(new ExitStatus.Exited(process.exitValue()))
        : Optional.empty();
  }

  /// To end it, or to see what it uses.
  public ProcessTree tree() {
    return tree;
  }

  /// The pipe of standard output stays open: a grandchild may hold its other end for ever, and to
  /// close it would wait for that.
  @Override
  public void close() {
    if (process.isAlive()) {
      tree.kill();
    }
  }
}
