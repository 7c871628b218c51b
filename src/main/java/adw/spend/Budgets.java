package adw.spend;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The caps that calls count against, and the ledger in which all processes of a repository write
/// what they spend: also while they spend it, so that together they stay below.
public final class Budgets {
  private final Ledger ledger;
  private final BudgetRaises raises;
  private final List<Cap> caps;
  private final InstantSource clock;

  /// By subject, what the ledger has up to the place that was read.
  private final Map<String, Double> spent = new HashMap<>();

  private long place;

  public Budgets(Ledger ledger, BudgetRaises raises, List<Cap> caps, InstantSource clock) {
    this.ledger = ledger;
    this.raises = raises;
    this.caps = List.copyOf(caps);
    this.clock = clock;
  }

  /// Why nothing more may be started, if so.
  public Optional<String> findExcess() throws IOException {
    return findExcess(0);
  }

  /// @param more dollars that are not in the ledger yet; with none, a cap that is just reached
  ///   counts as spent
  synchronized Optional<String> findExcess(double more) throws IOException {
    var now = clock.instant();
    readNews(now);
    for (var cap : caps) {
      var allowed = cap.usd() + raises.of(cap, now);
      var sum = spent.getOrDefault(cap.subject(now), 0.0) + more;
      if (sum > allowed || (more == 0 && sum >= allowed)) {
        return Optional.of(cap.excess(sum, allowed, now));
      }
    }
    return Optional.empty();
  }

  /// Dollars until the first cap is reached; absent without any cap.
  public synchronized OptionalDouble findRest() throws IOException {
    var now = clock.instant();
    readNews(now);
    var rest = OptionalDouble.empty();
    for (var cap : caps) {
      var left = cap.usd() + raises.of(cap, now) - spent.getOrDefault(cap.subject(now), 0.0);
      rest = OptionalDouble.of(Math.min(left, rest.orElse(left)));
    }
    return rest;
  }

  void add(Ledger.Entry head, Usage step) throws IOException, InterruptedException {
    ledger.add(
        new Ledger.Entry(
            clock.instant(), head.run(), head.group(), head.agent(), head.model(), step));
  }

  public CallSpending open(String run, String group, String agent, String model) {
    return new CallSpending(
        this, new Ledger.Entry(clock.instant(), run, group, agent, model, Usage.NONE));
  }

  /// Another day is another subject: then the ledger is read anew.
  private void readNews(Instant now) throws IOException {
    if (caps.isEmpty()) {
      return;
    }
    if (caps.stream().anyMatch(cap -> !spent.containsKey(cap.subject(now)))) {
      spent.clear();
      place =
          ledger.findPlace(caps.stream().map(cap -> cap.since(now)).reduce(now, Budgets::earlier));
      caps.forEach(cap -> spent.put(cap.subject(now), 0.0));
    }
    place = ledger.read(place, entry -> count(entry, now));
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private void count(Ledger.Entry entry, Instant now) {
    for (var cap : caps) {
      if (cap.covers(entry, now)) {
        spent.merge(cap.subject(now), entry.usage().usd(), Double::sum);
      }
    }
  }
}
