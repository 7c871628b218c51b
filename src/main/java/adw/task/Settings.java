package adw.task;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the braces at the end of a task say: `{#api, budget=2, timeout=30m, base=dev}`.
public record Settings(Optional<String> name, Map<String, String> values, List<String> faults) {
  static final Settings NONE = new Settings(Optional.empty(), Map.of(), List.of());

  private static final List<String> KEYS = List.of("base", "budget", "timeout");
  private static final Pattern NAME = Pattern.compile("#([A-Za-z][A-Za-z0-9_.-]*)");
  private static final Pattern PAIR = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*) *= *(.*)");
  private static final Pattern MONEY = Pattern.compile("\\$?([0-9]{1,9}(?:\\.[0-9]{1,6})?)");
  private static final Pattern TIME =
      Pattern.compile("(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?");

  public Settings {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    faults = List.copyOf(faults);
  }

  /// The most that this task, or the children of this group together, may cost in US dollars.
  public Optional<BigDecimal> budget() {
    return Optional.ofNullable(values.get("budget")).flatMap(Settings::money);
  }

  public Optional<Duration> timeout() {
    return Optional.ofNullable(values.get("timeout")).flatMap(Settings::duration);
  }

  public Optional<String> base() {
    return Optional.ofNullable(values.get("base"));
  }

  /// As they are written, without the name; "" when there are no others.
  String withoutName() {
    var pairs = values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    return pairs.isEmpty() ? "" : "{" + String.join(", ", pairs) + "}";
  }

  // settings: "{" item ("," item)* "}"     item: "#" name | key "=" value
  // Braces with anything else in them are text.
  static Optional<Settings> parse(String braces) {
    var names = new ArrayList<String>();
    var values = new LinkedHashMap<String, String>();
    var faults = new ArrayList<String>();
    for (var part : braces.substring(1, braces.length() - 1).split(",", -1)) {
      var item = part.strip();
      var name = NAME.matcher(item);
      var pair = PAIR.matcher(item);
      if (name.matches()) {
        names.add(name.group(1));
      } else if (pair.matches()) {
        faults.addAll(faults(pair.group(1), pair.group(2), values.containsKey(pair.group(1))));
        values.put(pair.group(1), pair.group(2));
      } else {
        return Optional.empty();
      }
    }
    if (names.size() > 1) {
      faults.add("more than one name: #" + String.join(", #", names));
    }
    return Optional.of(new Settings(names.stream().findFirst(), values, faults));
  }

  private static List<String> faults(String key, String value, boolean again) {
    if (again) {
      return List.of(key + " is set twice");
    }
    var isGood =
        switch (key) {
          case "budget" -> money(value).isPresent();
          case "timeout" -> duration(value).isPresent();
          case "base" -> !value.isEmpty();
          default -> false;
        };
    if (isGood) {
      return List.of();
    }
    return KEYS.contains(key)
        ? List.of(key + " cannot be \"" + value + "\"")
        : List.of("unknown setting " + key);
  }

  private static Optional<BigDecimal> money(String text) {
    var money = MONEY.matcher(text);
    return money.matches()
        ? Optional.of(new BigDecimal(money.group(1))).filter(m -> m.signum() > 0)
        : Optional.empty();
  }

  // duration: [digits "h"] [digits "m"] [digits "s"], not nothing
  private static Optional<Duration> duration(String text) {
    var time = TIME.matcher(text);
    if (!time.matches()) {
      return Optional.empty();
    }
    var seconds = number(time.group(1)) * 3600 + number(time.group(2)) * 60 + number(time.group(3));
    return seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
