package adw.spend;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// What each run has spent by now; of the ledger only what is new is read.
public final class RunSpending {
  /// Opens the ledger each time it is asked: the folder may be made anew meanwhile.
  @FunctionalInterface
  public interface Source {
    Ledger open() throws IOException;
  }

  private final Source source;
  private final Map<String, Usage> byRun = new HashMap<>();
  private long place;

  public RunSpending(Source source) {
    this.source = source;
  }

  public synchronized Usage of(String run) throws IOException {
    place =
        source.open().read(place, entry -> byRun.merge(entry.run(), entry.usage(), Usage::plus));
    return byRun.getOrDefault(run, Usage.NONE);
  }
}
