package adw.run;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// What each run has spent by now; of the ledger only what is new is read.
public final class Spending {
  private final State state;
  private final Map<String, Usage> byRun = new HashMap<>();
  private long place;

  public Spending(State state) {
    this.state = state;
  }

  public synchronized Usage of(String run) throws IOException {
    place =
        new Ledger(state)
            .read(place, entry -> byRun.merge(entry.run(), entry.usage(), Usage::plus));
    return byRun.getOrDefault(run, Usage.NONE);
  }
}
