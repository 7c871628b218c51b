package adw.cli.console;

import adw.flow.run.FlowStop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Ctrl-C, TERM and HUP while flows run here: they end what runs, which is written down and can be
/// resumed. The JVM ends by them only a moment after this was closed; `Main` ends it before, with a
/// code of its own.
public final class Interruption implements AutoCloseable {
  /// What `Main` needs between the end of the command and that of the JVM, and plenty of it.
  private static final Duration MOMENT = Duration.ofSeconds(5);

  private final List<FlowStop> stops = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = Thread.ofPlatform().name("adw-interruption").unstarted(this::come);
  private volatile boolean hasCome;

  private Interruption() {}

  public static Interruption watch() {
    var interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /// What an interruption requests.
  public FlowStop stop() {
    var stop = new FlowStop();
    stops.add(stop);
    if (hasCome) {
      stop.request();
    }
    return stop;
  }

  private void come() {
    hasCome = true;
    stops.forEach(FlowStop::request);
    try {
      closed.await();
      Thread.sleep(MOMENT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    if (!hasCome) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        hasCome = true; // in this moment
      }
    }
  }
}
