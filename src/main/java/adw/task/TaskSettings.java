package adw.task;

import adw.text.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the braces at the end of a task say: `{#api, budget=2, timeout=30m, base=dev}`.
public record TaskSettings(Optional<String> name, Map<String, String> values, List<String> faults) {
  private static final Pattern MONEY = Pattern.compile("\\$?([0-9]{1,9}(?:\\.[0-9]{1,6})?)");
  static final TaskSettings NONE = new TaskSettings(Optional.empty(), Map.of(), List.of());

  public TaskSettings {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    faults = List.copyOf(faults);
  }

  boolean isEmpty() {
    return name.isEmpty() && values.isEmpty();
  }

  /// The most that this task, or the children of this group together, may cost in US dollars.
  public Optional<BigDecimal> budget() {
    return Optional.ofNullable(values.get("budget")).flatMap(TaskSettings::findMoney);
  }

  public Optional<Duration> timeout() {
    return Optional.ofNullable(values.get("timeout")).flatMap(TaskSettings::findTime);
  }

  public Optional<String> base() {
    return Optional.ofNullable(values.get("base"));
  }

  static Optional<BigDecimal> findMoney(String text) {
    var money = MONEY.matcher(text);
    return money.matches()
        ? Optional.of(new BigDecimal(money.group(1))).filter(m -> m.signum() > 0)
        : Optional.empty();
  }

  static Optional<Duration> findTime(String text) {
    return Durations.findDuration(text).filter(Duration::isPositive);
  }

  /// As they are written, without the name; "" when there are no others.
  String withoutName() {
    var pairs = values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    return pairs.isEmpty() ? "" : "{" + String.join(", ", pairs) + "}";
  }
}
