package adw.flow.definition;

import adw.json.Json;
import adw.json.JsonInText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a gate's answer says. Fenced code and quotations decide nothing, Markdown around the
/// verdict is ignored, and words match whole.
public sealed interface GateVerdict {
  record Pass(Optional<String> reason) implements GateVerdict {}

  record Block(Optional<String> reason) implements GateVerdict {}

  record Unreadable() implements GateVerdict {}

  Pattern BLOCKING_WORD =
      Pattern.compile(
          "\\b(?:block(?:ed|s)?|fail(?:ed|s|ure)?|stop(?:ped|s)?|reject(?:ed|s)?|halt(?:ed|s)?)\\b",
          Pattern.CASE_INSENSITIVE);
  Pattern LINE =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])VERDICT\\s*[:=]\\s*"
              + "(PASS(?:ED)?|OK(?:AY)?|BLOCK(?:ED)?|FAIL(?:ED)?|STOP(?:PED)?|REJECT(?:ED)?|HALT(?:ED)?)"
              + "(?![\\p{L}\\p{N}])",
          Pattern.CASE_INSENSITIVE);

  static GateVerdict read(String answer) {
    var own = ownWords(answer);
    return fromJson(own).or(() -> fromLine(own)).orElse(new Unreadable());
  }

  private static Optional<GateVerdict> fromJson(String own) {
    if (!(JsonInText.find(own).orElse(new Json.Null()) instanceof Json.Obj object)) {
      return Optional.empty();
    }
    var reason = object.findText("reason").map(String::strip).filter(text -> !text.isEmpty());
    for (var key : List.of("continue", "pass")) {
      if (object.find(key).orElse(new Json.Null()) instanceof Json.Bool(var goesOn)) {
        return Optional.of(goesOn ? new Pass(reason) : new Block(reason));
      }
    }
    return object
        .findText("verdict")
        .map(word -> BLOCKING_WORD.matcher(word).find() ? new Block(reason) : new Pass(reason));
  }

  /// Why a gate blocks, where its answer says so in words alone: behind the verdict, or in the line
  /// before it.
  static Optional<String> findReason(String answer) {
    var before = Optional.<String>empty();
    var reason = Optional.<String>empty();
    for (var line : ownWords(answer).lines().map(GateVerdict::plain).toList()) {
      var found = LINE.matcher(line);
      if (found.find()) {
        reason = behind(line.substring(found.end()), before);
      } else if (!line.isBlank()) {
        before = findWords(line);
      }
    }
    return reason;
  }

  private static Optional<String> behind(String rest, Optional<String> before) {
    var words = findWords(rest);
    return words.isPresent() ? words : before;
  }

  private static Optional<String> findWords(String text) {
    return Optional.of(text.replaceFirst("^[\\s#>.,;:\\p{Pd}]+", "").strip())
        .filter(words -> !words.isEmpty());
  }

  private static String plain(String text) {
    return text.replaceAll("[*`~]|(?<![\\p{L}\\p{N}])_+|_+(?![\\p{L}\\p{N}])", "");
  }

  private static Optional<GateVerdict> fromLine(String own) {
    var found = LINE.matcher(plain(own));
    var last = Optional.<GateVerdict>empty();
    while (found.find()) {
      var passes = found.group(1).toUpperCase(Locale.ROOT).matches("PASS.*|OK.*");
      last = Optional.of(passes ? new Pass(Optional.empty()) : new Block(Optional.empty()));
    }
    return last;
  }

  /// The answer without fenced code and block quotes. An answer that is one fence and nothing else
  /// is taken out of it; a fence that never closes is none.
  private static String ownWords(String answer) {
    var lines = answer.lines().toList();
    var kept = new ArrayList<String>();
    var fences = 0;
    var fenced = List.<String>of();
    var unclosed = new HashSet<String>();
    for (var i = 0; i < lines.size(); i++) {
      var close = closingFence(lines, i, unclosed);
      if (close > i) {
        fenced = lines.subList(i + 1, close);
        fences++;
        i = close;
      } else if (!lines.get(i).stripLeading().startsWith(">")) {
        kept.add(lines.get(i));
      }
    }
    var own = String.join("\n", kept);
    return own.isBlank() && fences == 1 ? String.join("\n", fenced) : own;
  }

  /// @param unclosed fences already looked for in vain, so that many of them cost no more than one
  private static int closingFence(List<String> lines, int open, Set<String> unclosed) {
    var first = lines.get(open).stripLeading();
    var mark = first.startsWith("```") ? '`' : first.startsWith("~~~") ? '~' : ' ';
    var width = (int) first.chars().takeWhile(c -> c == mark).count();
    var fence = mark + " " + Math.min(width, 100);
    if (mark == ' ' || unclosed.contains(fence)) {
      return -1;
    }
    for (var i = open + 1; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (line.length() >= width && line.chars().allMatch(c -> c == mark)) {
        return i;
      }
    }
    unclosed.add(fence);
    return -1;
  }
}
