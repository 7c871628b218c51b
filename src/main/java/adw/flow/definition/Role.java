package adw.flow.definition;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a phase asks of an agent: a prompt, tools, a model or model role, how hard to think.
///
/// @param preset the program that plays it, where the role names one
public record Role(
    String name, String description, Wishes wishes, Optional<String> preset, String prompt) {

  public record Wishes(
      Optional<List<String>> tools, Optional<String> model, Optional<String> thinking) {}

  /// Reads a Markdown file with front matter; absent when it has no name or no description.
  static Optional<Role> parse(String text) {
    var lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().strip().equals("---")) {
      return Optional.empty();
    }
    var close = 1;
    while (close < lines.size() && !lines.get(close).strip().equals("---")) {
      close++;
    }
    if (close == lines.size()) {
      return Optional.empty();
    }
    var keys = keys(lines.subList(1, close));
    var prompt = String.join("\n", lines.subList(close + 1, lines.size())).strip();
    return find(keys, "name")
        .flatMap(name ->
            find(keys, "description")
                .map(description ->
                    new Role(
                        name,
                        description,
                        new Wishes(
                            find(keys, "tools").map(Role::list),
                            find(keys, "model"),
                            find(keys, "thinking")),
                        find(keys, "preset"),
                        prompt)));
  }

  /// `key: value` lines; a list may follow its key as `- item` lines.
  private static Map<String, String> keys(List<String> lines) {
    var keys = new HashMap<String, String>();
    var last = "";
    for (var line : lines) {
      var colon = line.indexOf(':');
      if (line.strip().startsWith("- ") && !last.isEmpty()) {
        keys.merge(last, line.strip().substring(2), (a, b) -> a.isBlank() ? b : a + "," + b);
      } else if (colon > 0 && !line.stripLeading().startsWith("#")) {
        last = line.substring(0, colon).strip();
        keys.put(last, line.substring(colon + 1).strip());
      }
    }
    return keys;
  }

  private static Optional<String> find(Map<String, String> keys, String name) {
    return Optional.ofNullable(keys.get(name)).map(Role::unquote).filter(value -> !value.isBlank());
  }

  private static String unquote(String value) {
    var isQuoted =
        value.length() > 1
            && ((value.startsWith("\"") && value.endsWith("\""))
                || (value.startsWith("'") && value.endsWith("'")));
    return isQuoted ? value.substring(1, value.length() - 1) : value;
  }

  private static List<String> list(String value) {
    var inner =
        value.startsWith("[") && value.endsWith("]")
            ? value.substring(1, value.length() - 1)
            : value;
    return Arrays.stream(inner.split(","))
        .map(item -> unquote(item.strip()))
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
