package adw.spend;

import adw.run.StateFolder;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// What each run has spent by now; of the ledger only what is new is read.
public final class RunSpending {
  private final StateFolder state;
  private final Map<String, Usage> byRun = new HashMap<>();
  private long place;

  public RunSpending(StateFolder state) {
    this.state = state;
  }

  public synchronized Usage of(String run) throws IOException {
    place =
        new Ledger(state)
            .read(place, entry -> byRun.merge(entry.run(), entry.usage(), Usage::plus));
    return byRun.getOrDefault(run, Usage.NONE);
  }
}
