package adw.task;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The tags and the agent in a task's text, and the text without them. Each task of a file is asked
/// for its tags at each start of the program: what few are asked for is found out later.
final class TaskWords {
  private final String text;
  private final Vocabulary vocabulary;
  private final List<Word> words;

  /// The first of those that stand at the very end.
  private final int trailing;

  private final List<String> tags;

  /// A whole word of the text that is a tag or names an agent.
  private record Word(int start, int end, char sign, String name, boolean isBare) {
    boolean isTag() {
      return sign == '#';
    }

    /// `@Nullable` is text.
    boolean isSmall() {
      return name.equals(name.toLowerCase(Locale.ROOT));
    }
  }

  private TaskWords(String text, Vocabulary vocabulary, List<Word> words) {
    this.text = text;
    this.vocabulary = vocabulary;
    this.words = words;
    this.trailing = words.size() - trailing(text, words);
    this.tags = tags(words);
  }

  static TaskWords of(String text, Vocabulary vocabulary) {
    return new TaskWords(text, vocabulary, words(text));
  }

  String text() {
    return text;
  }

  List<String> tags() {
    return tags;
  }

  private static List<String> tags(List<Word> words) {
    if (words.size() == 1 && words.getFirst().isTag()) {
      return List.of(words.getFirst().name);
    }
    var tags = new LinkedHashSet<String>();
    for (var word : words) {
      if (word.isTag()) {
        tags.add(word.name);
      }
    }
    return List.copyOf(tags);
  }

  Optional<String> agent() {
    for (var i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (!word.isTag() && (isKnown(word) || (i >= trailing && word.isSmall()))) {
        return Optional.of(word.name);
      }
    }
    return Optional.empty();
  }

  private boolean isKnown(Word word) {
    return vocabulary.agents().contains(word.name);
  }

  /// A name at the very end that is meant for an agent, as it seems, and is none; where no agents
  /// are known nobody can tell.
  Optional<String> findUnknownAgent() {
    if (vocabulary.agents().isEmpty() || text.indexOf('@') < 0) {
      return Optional.empty();
    }
    return words.subList(words.size() - atEnd(text, words), words.size()).stream()
        .filter(word -> !word.isTag() && word.isSmall() && !isKnown(word))
        .map(Word::name)
        .findFirst();
  }

  // tag: "#" name    agent: "@" name    as a whole word, outside code spans and links
  private static List<Word> words(String text) {
    var tag = text.indexOf('#');
    var agent = text.indexOf('@');
    if (tag < 0 && agent < 0) {
      return List.of();
    }
    var quoted = QuotedSpans.in(text);
    var words = new ArrayList<Word>(4);
    while (tag >= 0 || agent >= 0) {
      var isTag = agent < 0 || (tag >= 0 && tag < agent);
      var sign = isTag ? tag : agent;
      var start = sign > 0 && text.charAt(sign - 1) == '(' ? sign - 1 : sign;
      if ((start == 0 || isBlank(text.charAt(start - 1))) && !quoted.get(start)) {
        addWord(text, start, skip(text, sign, false), words);
      }
      if (isTag) {
        tag = text.indexOf('#', sign + 1);
      } else {
        agent = text.indexOf('@', sign + 1);
      }
    }
    return words;
  }

  // word: ["("] ("#" | "@") letter (letter | digit | "_" | "-")* ("," | "." | ";" | …)*
  private static void addWord(String text, int start, int end, List<Word> words) {
    var sign = text.charAt(start) == '(' ? start + 1 : start;
    if (sign + 1 >= end
        || "#@".indexOf(text.charAt(sign)) < 0
        || !isLetter(text.charAt(sign + 1))) {
      return;
    }
    var nameEnd = sign + 2;
    while (nameEnd < end && isInName(text.charAt(nameEnd))) {
      nameEnd++;
    }
    for (var i = nameEnd; i < end; i++) {
      if (",.;:!?)".indexOf(text.charAt(i)) < 0) {
        return;
      }
    }
    var isBare = sign == start && nameEnd == end;
    var name = text.substring(sign + 1, nameEnd);
    words.add(new Word(start, end, text.charAt(sign), name, isBare));
  }

  private static boolean isBlank(char c) {
    return ByteText.isBlank(c) || c == '\u00A0' || c == '\u202F' || c == '\u3000';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isInName(char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
  }

  private static int skip(String text, int from, boolean blanks) {
    var at = from;
    while (at < text.length() && isBlank(text.charAt(at)) == blanks) {
      at++;
    }
    return at;
  }

  /// How many tags and agents stand at the very end; none when no tag is among them
  /// (`use @Nullable`).
  private static int trailing(String text, List<Word> words) {
    var trailing = atEnd(text, words);
    var hasTag = false;
    for (var word : words.subList(words.size() - trailing, words.size())) {
      hasTag |= word.isTag();
    }
    return hasTag ? trailing : 0;
  }

  private static int atEnd(String text, List<Word> words) {
    var count = 0;
    var end = text.length();
    for (var word : words.reversed()) {
      if (!word.isBare || skip(text, word.end, true) != end) {
        break;
      }
      count++;
      end = word.start;
    }
    return count;
  }

  String title() {
    if (text.indexOf('#') < 0 && text.indexOf('@') < 0) {
      return text;
    }
    var removed = new BitSet();
    for (var i = 0; i < words.size(); i++) {
      var word = words.get(i);
      var known = word.isTag() ? vocabulary.tags() : vocabulary.agents();
      if ((i >= trailing && (word.isTag() || word.isSmall()))
          || (word.isBare && known.contains(word.name))) {
        removed.set(word.start, skip(text, word.end, true));
      }
    }
    var title = new StringBuilder();
    for (var at = removed.nextClearBit(0); at < text.length(); ) {
      var end = removed.nextSetBit(at) < 0 ? text.length() : removed.nextSetBit(at);
      title.append(text, at, end);
      at = removed.nextClearBit(end);
    }
    var kept = stripped(title.toString());
    return kept.isEmpty() ? text : kept;
  }

  private static String stripped(String text) {
    var start = skip(text, 0, true);
    var end = text.length();
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end).strip();
  }
}
