package adw.cli;

import adw.cli.console.Caller;
import adw.flow.definition.RoleFolders;
import adw.spend.Budgets;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Makes ready, beside the reading of a flow, what its first phase needs and what takes
/// milliseconds at each start, in the order in which it is needed: time zones (the JDK searches our
/// jar for more of them), the first role, threads, hashes, random numbers, times, and for the
/// answer decimals (16 ms).
public final class Kindling {
  private Kindling() {}

  public static void light(Caller caller) {
    start(() -> warm(caller));
  }

  /// What was spent today is added up before somebody asks.
  public static void light(Budgets budgets) {
    start(() -> {
      try {
        budgets.findExcess();
      } catch (IOException _) {
        return; // whoever pays reads it again, and says what is wrong
      }
    });
  }

  private static void start(Runnable work) {
    Thread.ofPlatform().daemon().name("adw-kindling").start(work);
  }

  private static void warm(Caller caller) {
    var one = BigDecimal.ONE.signum();
    Thread.startVirtualThread(() -> {});
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      hash.update(
          RoleFolders.builtInText(RoleFolders.BUILT_IN.getFirst())
              .getBytes(StandardCharsets.UTF_8));
      hash.update((byte) caller.zone().getRules().hashCode());
      var time = LocalDateTime.of(2000, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);
      hash.update((byte) (time.hashCode() + one));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
