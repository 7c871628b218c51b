package adw.task;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// The tags and the agent in a task's text, and the text without them.
record Words(String title, List<String> tags, Optional<String> agent) {
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
    var trailing = words.size() - trailing(text, words);
    var tags = new LinkedHashSet<String>();
    var agent = Optional.<String>empty();
    for (var i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (word.isTag()) {
        tags.add(word.name);
      } else if (agent.isEmpty() && (i >= trailing || vocabulary.agents().contains(word.name))) {
        agent = Optional.of(word.name);
      }
    }
    return new Words(title(text, words, trailing, vocabulary), List.copyOf(tags), agent);
  }

  // tag: "#" name    agent: "@" name    as a whole word, outside code spans and links
  private static List<Word> words(String text) {
    var quoted = Quoted.in(text);
    var words = new ArrayList<Word>();
    for (var start = skip(text, 0, true); start < text.length(); ) {
      var end = skip(text, start, false);
      if (!quoted.get(start)) {
        addWord(text, start, end, words);
      }
      start = skip(text, end, true);
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

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isInName(char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
  }

  private static int skip(String text, int from, boolean blanks) {
    var at = from;
    while (at < text.length() && Latin1.isBlank(text.charAt(at)) == blanks) {
      at++;
    }
    return at;
  }

  /// How many tags and agents stand at the very end; none when no tag is among them
  /// (`use @Nullable`).
  private static int trailing(String text, List<Word> words) {
    var trailing = 0;
    var hasTag = false;
    var end = text.length();
    for (var word : words.reversed()) {
      if (!word.isBare || skip(text, word.end, true) != end) {
        break;
      }
      trailing++;
      hasTag |= word.isTag();
      end = word.start;
    }
    return hasTag ? trailing : 0;
  }

  private static String title(String text, List<Word> words, int trailing, Vocabulary vocabulary) {
    var removed = new BitSet();
    for (var i = 0; i < words.size(); i++) {
      var word = words.get(i);
      var known = word.isTag() ? vocabulary.tags() : vocabulary.agents();
      if (i >= trailing || (word.isBare && known.contains(word.name))) {
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
