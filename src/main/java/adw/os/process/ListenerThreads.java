package adw.os.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Threads that wait for what a child says, and for its end. They are the platform's: a blocking
/// read of a pipe would hold a carrier of virtual threads. And they are used again, for to start
/// one costs a good part of what it costs to start a small program.
final class ListenerThreads {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("adw-child-", 0).factory());

  private ListenerThreads() {}

  /// @return counted down when the work is done
  static CountDownLatch start(Runnable work) {
    var over = new CountDownLatch(1);
    THREADS.execute(() -> {
      try {
        work.run();
      } finally {
        over.countDown();
      }
    });
    return over;
  }
}
