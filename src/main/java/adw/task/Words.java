package adw.task;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The tags and the agent in a task's text, and the text without them.
record Words(String title, List<String> tags, Optional<String> agent) {
  private static final Pattern WORD =
      Pattern.compile("\\(?(?<sign>[#@])(?<name>[A-Za-z][A-Za-z0-9_-]*)(?<rest>[,.;:!?)]*)");

  /// A whole word of the text that is a tag or names an agent.
  private record Word(int start, int end, char sign, String name, boolean isBare) {
    boolean isTag() {
      return sign == '#';
    }
  }

  static Words of(String text, Vocabulary vocabulary) {
    if (text.indexOf('#') < 0 && text.indexOf('@') < 0) {
      return new Words(text, List.of(), Optional.empty());
    }
    var words = words(text);
    var trailing = trailing(text, words);
    var tags = new LinkedHashSet<String>();
    words.stream().filter(Word::isTag).forEach(word -> tags.add(word.name));
    var agent =
        words.stream()
            .filter(word -> !word.isTag())
            .filter(word -> trailing.contains(word) || vocabulary.agents().contains(word.name))
            .map(Word::name)
            .findFirst();
    return new Words(title(text, words, trailing, vocabulary), List.copyOf(tags), agent);
  }

  // tag: "#" name    agent: "@" name    as a whole word, outside code spans and links
  private static List<Word> words(String text) {
    var quoted = Quoted.in(text);
    var words = new ArrayList<Word>();
    for (var start = skip(text, 0, true); start < text.length(); ) {
      var end = skip(text, start, false);
      var first = text.charAt(start);
      if ((first == '#' || first == '@' || first == '(') && !quoted.get(start)) {
        var word = WORD.matcher(text).region(start, end);
        if (word.matches()) {
          var isBare = first != '(' && word.group("rest").isEmpty();
          var sign = word.group("sign").charAt(0);
          words.add(new Word(start, end, sign, word.group("name"), isBare));
        }
      }
      start = skip(text, end, true);
    }
    return words;
  }

  private static int skip(String text, int from, boolean blanks) {
    var at = from;
    while (at < text.length() && Latin1.isBlank(text.charAt(at)) == blanks) {
      at++;
    }
    return at;
  }

  /// The tags and agents at the very end; nothing when no tag is among them (`use @Nullable`).
  private static Set<Word> trailing(String text, List<Word> words) {
    var trailing = new LinkedHashSet<Word>();
    var end = text.length();
    for (var word : words.reversed()) {
      if (!word.isBare || skip(text, word.end, true) != end) {
        break;
      }
      trailing.add(word);
      end = word.start;
    }
    return trailing.stream().anyMatch(Word::isTag) ? trailing : Set.of();
  }

  private static String title(
      String text, List<Word> words, Set<Word> trailing, Vocabulary vocabulary) {
    var removed = new BitSet();
    for (var word : words) {
      var known = word.isTag() ? vocabulary.tags() : vocabulary.agents();
      if (trailing.contains(word) || (word.isBare && known.contains(word.name))) {
        removed.set(word.start, skip(text, word.end, true));
      }
    }
    var title = new StringBuilder();
    for (var at = removed.nextClearBit(0); at < text.length(); ) {
      var end = removed.nextSetBit(at) < 0 ? text.length() : removed.nextSetBit(at);
      title.append(text, at, end);
      at = removed.nextClearBit(end);
    }
    var kept = title.toString().strip();
    return kept.isEmpty() ? text : kept;
  }
}
