package adw.spend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// What one call spends, written to the ledger in steps while it runs.
public final class CallSpending implements Meter {
  /// A step is worth a line from here on.
  private static final double STEP_USD = 0.05;

  private final Budgets budgets;
  private final Ledger.Entry head;
  private Usage seen = Usage.NONE;
  private Usage written = Usage.NONE;

  /// @param head an entry with all but what was spent
  CallSpending(Budgets budgets, Ledger.Entry head) {
    this.budgets = budgets;
    this.head = head;
  }

  @Override
  public Optional<String> findExcess(Usage soFar) {
    seen = soFar;
    try {
      if (soFar.usd() - written.usd() >= STEP_USD) {
        write(soFar, 0);
      }
      return budgets.findExcess(soFar.usd() - written.usd());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      // The next wait of this thread ends at once, and with it the call.
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// What was seen of a call that was broken off.
  public void close() throws IOException, InterruptedException {
    close(seen);
  }

  /// The rest, and that it was one call.
  public void close(Usage all) throws IOException, InterruptedException {
    write(all, 1);
  }

  private void write(Usage all, int calls) throws IOException, InterruptedException {
    var step =
        new Usage(
            all.input() - written.input(),
            all.output() - written.output(),
            all.cached() - written.cached(),
            all.usd() - written.usd(),
            calls);
    budgets.add(head, step);
    written = all;
  }
}
