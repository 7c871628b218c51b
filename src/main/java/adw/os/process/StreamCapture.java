package adw.os.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Reads a stream to its end on a thread of its own and keeps its head and its tail.
final class StreamCapture implements Runnable {
  static final int HEAD = 32 << 20;
  static final int TAIL = 64 << 10;

  private final InputStream stream;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream(512);
  private final byte[] ring = new byte[TAIL];
  private long total;

  private StreamCapture(InputStream stream) {
    this.stream = stream;
  }

  static Reading start(InputStream stream) {
    var capture = new StreamCapture(stream);
    return new Reading(capture, ListenerThreads.start(capture));
  }

  /// Of a file that nobody writes any more; of none, nothing.
  static StreamCapture of(Path file) throws IOException {
    try {
      var capture = new StreamCapture(Files.newInputStream(file));
      capture.run();
      return capture;
    } catch (NoSuchFileException none) {
      return new StreamCapture(InputStream.nullInputStream());
    }
  }

  record Reading(StreamCapture capture, CountDownLatch over) {
    /// Waits for the end of the stream, but not for ever: a grandchild may hold it open.
    void settle(long millis) throws InterruptedException {
      var _ = over.await(millis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void run() {
    var buffer = new byte[8192];
    try (stream) {
      for (int n; (n = stream.read(buffer)) >= 0; ) {
        keep(buffer, n);
      }
    } catch (IOException closed) {
      // The process was ended while we read; what came before it counts.
      return;
    }
  }

  private synchronized void keep(byte[] buffer, int length) {
    var first = Math.clamp(HEAD - head.size(), 0, length);
    head.write(buffer, 0, first);
    for (int i = first; i < length; i++) {
      ring[(int) ((total + i - HEAD) % TAIL)] = buffer[i];
    }
    total += length;
  }

  synchronized byte[] bytes() {
    var beyond = Math.max(0, total - HEAD);
    if (beyond == 0) {
      return head.toByteArray();
    }
    var kept = (int) Math.min(beyond, TAIL);
    var all = new byte[HEAD + kept];
    System.arraycopy(head.toByteArray(), 0, all, 0, HEAD);
    for (int i = 0; i < kept; i++) {
      all[HEAD + i] = ring[(int) ((beyond - kept + i) % TAIL)];
    }
    return all;
  }

  synchronized long omitted() {
    return Math.max(0, total - HEAD - TAIL);
  }
}
