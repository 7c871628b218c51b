package adw.cli.settings;

import adw.text.Durations;
import adw.text.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/// One `[section]` of adw.toml while it is read. Each key that is asked for is a key that exists;
/// [#end] reports the others. A wrong value is reported and read as its default.
final class SettingsSection {
  private static final TomlTable EMPTY = Toml.parse("");

  /// No name of a file, argument, variable or branch can hold one.
  private static final String NUL = "a text with a NUL character names nothing (take \\u0000 out)";

  private final String name;
  private final TomlTable table;
  private final SettingsFile file;
  private final Map<String, String> defaults = new LinkedHashMap<>();
  private final Set<String> refused = new HashSet<>();

  SettingsSection(String name, TomlTable table, SettingsFile file) {
    this.name = name;
    this.table = table;
    this.file = file;
  }

  String text(String key, String fallback) {
    know(key, quoted(fallback));
    return find(key, String.class, "a text in quotes").orElse(fallback);
  }

  boolean truth(String key, boolean fallback) {
    know(key, Boolean.toString(fallback));
    return find(key, Boolean.class, "true or false").orElse(fallback);
  }

  int whole(String key, int fallback, int least) {
    know(key, Integer.toString(fallback));
    var value = find(key, Long.class, "a whole number").orElse((long) fallback);
    if (value < least || value > 1_000_000) {
      refuse(key, "expected " + least + " to 1000000");
      return fallback;
    }
    return value.intValue();
  }

  /// Money; whole or with a fraction, never negative.
  double number(String key, double fallback) {
    know(
        key,
        fallback == Math.rint(fallback)
            ? Long.toString((long) fallback)
            : Double.toString(fallback));
    var value = find(key, Number.class, "a number").map(Number::doubleValue).orElse(fallback);
    if (value < 0 || !Double.isFinite(value)) {
      refuse(key, "expected 0 or more");
      return fallback;
    }
    return value;
  }

  Duration time(String key, String fallback) {
    return findTime(key, fallback).orElseThrow();
  }

  /// A duration that may be absent, written as "".
  Optional<Duration> findTime(String key, String fallback) {
    know(key, quoted(fallback));
    var written =
        find(key, String.class, "a duration such as \"5s\", \"10m\" or \"24h\"").orElse(fallback);
    if (written.isEmpty() && fallback.isEmpty()) {
      return Optional.empty();
    }
    var value = Durations.findDuration(written);
    if (value.isEmpty()) {
      refuse(key, "expected a duration such as \"5s\", \"10m\" or \"24h\"");
      return Durations.findDuration(fallback);
    }
    return value;
  }

  long size(String key, String fallback) {
    know(key, quoted(fallback));
    var value =
        Durations.findSize(find(key, String.class, "a size such as \"1GiB\"").orElse(fallback));
    if (value.isEmpty()) {
      refuse(key, "expected a size such as \"500MB\" or \"1GiB\"");
    }
    return value.or(() -> Durations.findSize(fallback)).orElseThrow();
  }

  /// One of a few words, which are the constants' names in small letters.
  <E extends Enum<E>> E choice(String key, E fallback) {
    var choices = new LinkedHashMap<String, E>();
    for (var constant : fallback.getDeclaringClass().getEnumConstants()) {
      choices.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    var standard = fallback.name().toLowerCase(Locale.ROOT).replace('_', '-');
    var value = choices.get(text(key, standard));
    if (value == null) {
      refuse(key, "expected one of " + String.join(", ", choices.keySet()));
      return fallback;
    }
    return value;
  }

  List<String> texts(String key) {
    know(key, "[]");
    var array = find(key, TomlArray.class, "a list of texts");
    var texts = new ArrayList<String>();
    for (var item : array.map(TomlArray::toList).orElse(List.of())) {
      if (item instanceof String text && !hasNul(text)) {
        texts.add(text);
      } else if (item instanceof String) {
        refuse(key, NUL);
        return List.of();
      } else {
        refuse(key, "expected texts in quotes only");
        return List.of();
      }
    }
    return List.copyOf(texts);
  }

  /// Every key of a section whose keys are names of the reader's own; values are texts.
  Map<String, String> allTexts() {
    var texts = new LinkedHashMap<String, String>();
    for (var key : keys()) {
      if (!table.isTable(List.of(key))) {
        texts.put(key, text(key, ""));
      }
    }
    return texts;
  }

  /// Variables of an environment by name.
  Map<String, String> variables() {
    var variables = new LinkedHashMap<>(allTexts());
    for (var name : List.copyOf(variables.keySet())) {
      if (name.isEmpty() || name.indexOf('=') >= 0) {
        refuse(name, "no variable has such a name");
        variables.remove(name);
      }
    }
    return variables;
  }

  /// A table within this one, empty if it is not there.
  SettingsSection section(String key) {
    know(key, "");
    var inner = find(key, TomlTable.class, "a section or a table { … }").orElse(EMPTY);
    return new SettingsSection(
        name.isEmpty() ? key : name + "." + key, inner, file.at(position(key)));
  }

  Set<String> keys() {
    return table.keySet();
  }

  /// Reports the value of a key if the rule finds a fault in it.
  <T> void check(String key, T value, Function<T, Optional<String>> rule) {
    rule.apply(value).ifPresent(fault -> refuse(key, fault));
  }

  /// The same for a key whose "" means that nothing is said.
  void checkIfSaid(String key, String value, Function<String, Optional<String>> rule) {
    if (!value.isEmpty()) {
      check(key, value, rule);
    }
  }

  /// Reports the value of a key; the text says what was expected, or why it cannot be.
  void refuse(String key, String text) {
    file.report(position(key), key + " = " + shown(table.get(List.of(key))) + ": " + text);
  }

  /// Reports keys whose part of the program is still to come: to take them would be to do nothing
  /// without a word.
  void notBuilt(String... keys) {
    for (var key : keys) {
      refused.add(key);
      if (table.contains(List.of(key))) {
        refuse(key, "not built yet (take it out)");
      }
    }
  }

  /// Reports a key of older versions, and why it is needed no more.
  void gone(String key, String why) {
    refused.add(key);
    if (table.contains(List.of(key))) {
      file.report(position(key), "`%s` is gone: %s (remove the line)".formatted(key, why));
    }
  }

  /// Reports the keys that nobody asked for.
  void end() {
    for (var key : keys()) {
      if (!defaults.containsKey(key) && !refused.contains(key)) {
        var where = name.isEmpty() ? "" : " in [" + name + "]";
        file.report(position(key), "unknown key '" + key + "'" + where + cure(key));
      }
    }
  }

  private String cure(String key) {
    return SettingsFile.findSection(key)
        .map(section -> " (it belongs below [" + section + "])")
        .orElseGet(() -> NearestName.cure(key, defaults.keySet(), known()));
  }

  private void know(String key, String standard) {
    if (hasNul(key)) {
      file.report(position(key), quoted(key) + ": " + NUL);
    }
    defaults.put(key, standard);
    if (!standard.isEmpty()) {
      file.addKey(name.isEmpty() ? key : name + "." + key, standard);
    }
  }

  private String known() {
    return "there are " + String.join(", ", defaults.keySet());
  }

  private <T> Optional<T> find(String key, Class<T> type, String expected) {
    var value = table.get(List.of(key));
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      refuse(key, "expected " + expected);
      return Optional.empty();
    }
    if (value instanceof String text && hasNul(text)) {
      refuse(key, NUL);
      return Optional.empty();
    }
    return Optional.of(type.cast(value));
  }

  private static boolean hasNul(String text) {
    return text.indexOf('\0') >= 0;
  }

  private int position(String key) {
    var position = table.inputPositionOf(List.of(key));
    return position == null ? file.line() : position.line();
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> quoted(text);
      case TomlTable _ -> "{ … }";
      case TomlArray array -> array.toJson().replaceAll("\\s+", " ").strip();
      default -> value.toString();
    };
  }

  private static String quoted(String text) {
    var escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\0", "\\u0000");
    return "\"" + escaped + "\"";
  }
}
