package adw.task;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the braces at the end of a task say: `{#api, budget=2, timeout=30m, base=dev}`.
public record TaskSettings(Optional<String> name, Map<String, String> values, List<String> faults) {
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
    return Optional.ofNullable(values.get("budget")).flatMap(SettingsParser::money);
  }

  public Optional<Duration> timeout() {
    return Optional.ofNullable(values.get("timeout")).flatMap(SettingsParser::duration);
  }

  public Optional<String> base() {
    return Optional.ofNullable(values.get("base"));
  }

  /// As they are written, without the name; "" when there are no others.
  String withoutName() {
    var pairs = values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    return pairs.isEmpty() ? "" : "{" + String.join(", ", pairs) + "}";
  }
}
