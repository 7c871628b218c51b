package adw.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/// Reads the `{…}` at the end of a task.
final class SettingsParser {
  private static final List<String> KEYS = List.of("base", "budget", "timeout");
  private static final Pattern NAME = Pattern.compile("#([A-Za-z][A-Za-z0-9_.-]*)");
  private static final Pattern PAIR = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*) *= *(.*)");

  private SettingsParser() {}

  // settings: "{" item ("," item)* "}"     item: "#" name | key "=" value
  // Braces with anything else in them are text: NONE.
  static TaskSettings parse(String braces) {
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
        return TaskSettings.NONE;
      }
    }
    if (names.size() > 1) {
      faults.add("more than one name: #" + String.join(", #", names));
    }
    return new TaskSettings(names.stream().findFirst(), values, faults);
  }

  private static List<String> faults(String key, String value, boolean again) {
    if (again) {
      return List.of(key + " is set twice");
    }
    var isGood =
        switch (key) {
          case "budget" -> TaskSettings.findMoney(value).isPresent();
          case "timeout" -> TaskSettings.findTime(value).isPresent();
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
}
