package adw.flow.run;

import adw.flow.definition.Flow;
import adw.flow.definition.JsonValues;
import adw.spend.Usage;
import java.util.Locale;
import java.util.Optional;

/// What a flow has spent and may spend; a sub-flow's spending counts for the flows above it too.
public final class FlowBudget {
  private final Optional<Flow.Budget> cap;
  private final Optional<FlowBudget> above;
  private Usage spent;

  FlowBudget(Optional<Flow.Budget> cap, Optional<FlowBudget> above, Usage spent) {
    this.cap = cap;
    this.above = above;
    this.spent = spent;
  }

  void add(Usage usage) {
    if (usage.calls() + usage.input() + usage.output() > 0 || usage.usd() > 0) {
      synchronized (this) {
        spent = spent.plus(usage);
      }
      above.ifPresent(spend -> spend.add(usage));
    }
  }

  synchronized Usage spent() {
    return spent;
  }

  /// Why nothing more may start.
  Optional<String> over() {
    if (cap.isEmpty() && above.isEmpty()) {
      return Optional.empty();
    }
    return cap.flatMap(budget -> over(budget, spent())).or(() -> above.flatMap(FlowBudget::over));
  }

  /// What had been spent when a call began: a call is ended for what itself spends, not for what
  /// its neighbours spend meanwhile.
  Since mark() {
    return new Since(cap, spent(), above.map(FlowBudget::mark));
  }

  record Since(Optional<Flow.Budget> cap, Usage before, Optional<Since> above) {
    /// Why the call must end, given what it has used so far.
    Optional<String> over(Usage running) {
      return cap.flatMap(budget -> FlowBudget.over(budget, before.plus(running)))
          .or(() -> above.flatMap(since -> since.over(running)));
    }
  }

  private static Optional<String> over(Flow.Budget budget, Usage total) {
    var tokens = total.input() + total.output();
    var usd =
        budget
            .maxUsd()
            .filter(most -> total.usd() > most + 1e-12)
            .map(most ->
                "cost $"
                    + String.format(Locale.ROOT, "%.3f", total.usd())
                    + " exceeded cap $"
                    + JsonValues.number(most));
    return usd.or(() ->
        budget
            .maxTokens()
            .filter(most -> tokens > most)
            .map(most -> "tokens " + tokens + " exceeded cap " + most));
  }

  /// The tighter of both on each side.
  static Optional<Flow.Budget> tighter(Optional<Flow.Budget> a, Optional<Flow.Budget> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.or(() -> b);
    }
    return Optional.of(
        new Flow.Budget(
            least(a.get().maxUsd(), b.get().maxUsd()),
            least(a.get().maxTokens(), b.get().maxTokens()),
            a.get().line()));
  }

  private static <T extends Comparable<T>> Optional<T> least(Optional<T> a, Optional<T> b) {
    return a.isEmpty() || b.filter(other -> other.compareTo(a.get()) < 0).isPresent() ? b : a;
  }
}
