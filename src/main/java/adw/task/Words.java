package adw.task;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The tags and the agent in a task's text.
record Words(String title, List<String> tags, Optional<String> agent) {
  private static final Pattern TAG = Pattern.compile("#[A-Za-z][A-Za-z0-9_-]*");
  private static final Pattern AGENT = Pattern.compile("@[A-Za-z][A-Za-z0-9_-]*");

  static Words of(String text, Vocabulary vocabulary) {
    if (text.indexOf('#') < 0 && text.indexOf('@') < 0) {
      return new Words(text, List.of(), Optional.empty());
    }
    var tags = new LinkedHashSet<String>();
    for (var word : text.split("[ \\t]+")) {
      if (TAG.matcher(word).matches()) {
        tags.add(word.substring(1));
      }
    }
    var agent =
        java.util.Arrays.stream(text.split("[ \\t]+"))
            .filter(word -> AGENT.matcher(word).matches())
            .map(word -> word.substring(1))
            .filter(vocabulary.agents()::contains)
            .findFirst();
    return new Words(text, List.copyOf(tags), agent);
  }

  static boolean isGroup(Source source, int from, int to) {
    if (source.text.indexOf("#epic", from, to) < 0 && source.text.indexOf("#group", from, to) < 0) {
      return false;
    }
    var tags = of(source.decoded(from, to), source.vocabulary).tags();
    return tags.contains("epic") || tags.contains("group");
  }
}
