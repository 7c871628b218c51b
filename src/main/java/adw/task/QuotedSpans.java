package adw.task;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// The parts of a text in which `#` and `@` are not ours: code spans and links. In linear time.
final class QuotedSpans {
  private static final BitSet NONE = new BitSet(0);

  private final String text;
  private final BitSet quoted = new BitSet();
  private final ArrayDeque<Integer> brackets = new ArrayDeque<>();

  /// None follows any more: looking again and again would take quadratic time.
  private boolean noParenthesis;

  private QuotedSpans(String text) {
    this.text = text;
  }

  static BitSet in(String text) {
    if (text.indexOf('`') < 0 && text.indexOf(']') < 0) {
      return NONE;
    }
    var quoted = new QuotedSpans(text);
    if (text.indexOf('`') >= 0) {
      quoted.codeSpans();
    }
    if (text.contains("](") || text.contains("][")) {
      quoted.links();
    }
    return quoted.quoted;
  }

  // code span: a run of backticks … the next run of as many
  private void codeSpans() {
    var next = nextRuns();
    for (var at = text.indexOf('`'); at >= 0; ) {
      var end = runEnd(at);
      var isEscaped = at > 0 && text.charAt(at - 1) == '\\';
      var close = isEscaped ? -1 : next.getOrDefault(at, -1);
      if (close >= 0) {
        end += close - at;
        quoted.set(at, end);
      }
      at = text.indexOf('`', end);
    }
  }

  /// For each run of backticks the start of the next run of the same length.
  private Map<Integer, Integer> nextRuns() {
    var next = new HashMap<Integer, Integer>();
    var last = new HashMap<Integer, Integer>();
    for (var at = text.indexOf('`'); at >= 0; ) {
      var end = runEnd(at);
      var before = last.put(end - at, at);
      if (before != null) {
        next.put(before, at);
      }
      at = text.indexOf('`', end);
    }
    return next;
  }

  private int runEnd(int start) {
    var at = start;
    while (at < text.length() && text.charAt(at) == '`') {
      at++;
    }
    return at;
  }

  // link: "[" text "]" ( "(" destination ")" | "[" label "]" )
  private void links() {
    for (var at = 0; at < text.length(); at++) {
      var c = quoted.get(at) ? ' ' : text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '[') {
        brackets.push(at);
      } else if (c == ']' && !brackets.isEmpty()) {
        var open = brackets.pop();
        var end = linkEnd(at + 1);
        if (end >= 0) {
          quoted.set(open, end + 1);
          at = end;
        }
      }
    }
  }

  /// Where the `)` or `]` is that closes what opens here, or -1.
  private int linkEnd(int at) {
    var opening = at < text.length() ? text.charAt(at) : ' ';
    if (opening == '(' && !noParenthesis) {
      var end = text.indexOf(')', at);
      noParenthesis = end < 0;
      return end;
    }
    return opening == '[' ? text.indexOf(']', at) : -1;
  }
}
