package adw.cli;

import adw.flow.Stop;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;

/// Makes ready, beside the reading of a flow, what its first phase needs and what the JDK takes
/// milliseconds for each time it starts: signals, decimals (16 ms), time zones, hashes, threads.
final class Kindling {
  private final CompletableFuture<Stop> stop = new CompletableFuture<>();

  private Kindling() {}

  static Kindling light(Caller caller) {
    var kindling = new Kindling();
    Thread.ofPlatform().daemon().name("adw-kindling").start(() -> kindling.warm(caller));
    return kindling;
  }

  /// What Ctrl-C requests, once it does.
  Stop stop() {
    return stop.join();
  }

  private void warm(Caller caller) {
    try {
      stop.complete(FlowSession.stop());
    } catch (RuntimeException e) {
      stop.completeExceptionally(e);
    }
    var decimal = BigDecimal.ONE.signum();
    var zone = caller.zone().getRules();
    Thread.startVirtualThread(() -> {});
    try {
      MessageDigest.getInstance("SHA-256").update((byte) (decimal + zone.hashCode()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
