package adw.task;

import java.time.ZonedDateTime;
import java.util.Optional;

/// When a template falls due, again and again.
public record Schedule(String typed, Cron cron) {
  /// The first time after this one.
  public Optional<ZonedDateTime> next(ZonedDateTime after) {
    return cron.next(after);
  }

  /// The last time that is not after this one.
  public Optional<ZonedDateTime> previous(ZonedDateTime at) {
    return cron.previous(at);
  }

  @Override
  public String toString() {
    return typed;
  }
}
