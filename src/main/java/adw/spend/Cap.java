package adw.spend;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.Supplier;

/// Dollars that may be spent on something.
public sealed interface Cap {
  double usd();

  /// Whether an entry of the ledger counts against it now.
  boolean covers(Ledger.Entry entry, Instant now);

  /// No entry before that counts.
  default Instant since(Instant now) {
    return Instant.EPOCH;
  }

  /// What it is for now: the words in a sentence, and the key under which it is raised.
  String subject(Instant now);

  /// One attempt at a task.
  record OfRun(String id, double usd) implements Cap {
    @Override
    public boolean covers(Ledger.Entry entry, Instant now) {
      return entry.run().equals(id);
    }

    @Override
    public String subject(Instant now) {
      return "run " + id;
    }
  }

  /// A group of tasks, or a flow.
  record OfGroup(String name, double usd) implements Cap {
    @Override
    public boolean covers(Ledger.Entry entry, Instant now) {
      return entry.group().equals(name);
    }

    @Override
    public String subject(Instant now) {
      return "group " + name;
    }
  }

  /// A calendar day: today's, whenever it is asked.
  ///
  /// @param zone whose day it is, looked up when a call is paid: the JDK takes long to read them
  record OfDay(Supplier<ZoneId> zone, double usd) implements Cap {
    private static final Duration LONGEST_DAY = Duration.ofHours(26);

    OfDay(ZoneId zone, double usd) {
      this(() -> zone, usd);
    }

    @Override
    public Instant since(Instant now) {
      return now.minus(LONGEST_DAY);
    }

    @Override
    public boolean covers(Ledger.Entry entry, Instant now) {
      return date(entry.at()).equals(date(now));
    }

    @Override
    public String subject(Instant now) {
      return "day " + date(now);
    }

    private LocalDate date(Instant at) {
      return LocalDate.ofInstant(at, zone.get());
    }
  }

  /// For people: `spent $12.40 of $10.00 for run adw_1a2b3c4d`.
  default String excess(double spent, double allowed, Instant now) {
    return String.format(Locale.ROOT, "spent $%.2f of $%.2f for %s", spent, allowed, subject(now));
  }
}
