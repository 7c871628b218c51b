package adw.task;

import adw.text.NearestName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the lines that look like tasks and are none: nobody would see that they never start.
public final class UnreadLines {
  /// What people write for a state that brackets say here with a sign.
  private static final Set<String> STATES =
      Set.of(
          "todo",
          "to do",
          "to-do",
          "doing",
          "wip",
          "in progress",
          "open",
          "next",
          "ready",
          "pending",
          "blocked",
          "on hold",
          "started",
          "running",
          "done",
          "closed",
          "completed",
          "complete",
          "failed",
          "skip",
          "skipped",
          "cancel",
          "cancelled",
          "canceled",
          "wontfix");

  /// The words that a mark can begin with, and two that stand for one.
  private static final Set<String> WORDS =
      Set.of("retry", "wait", "after", "daily", "todo", "done");

  private static final int LONGEST = 400;

  // line: [bullet] blanks ["\"] "[" marker ["\"] "]" rest
  private static final Pattern BOX =
      Pattern.compile(
          "([-*+•–—·◦‣▪]|[0-9]{1,9}[.)])?(\\h*)(\\\\?)\\[([^\\[\\]]{0,60}?)(\\\\?)](.*)",
          Pattern.DOTALL);

  private final TaskDocument document;
  private final SourceText source;
  private final TaskRows rows;
  private final List<TaskFinding> found = new ArrayList<>();

  private UnreadLines(TaskDocument document) {
    this.document = document;
    this.source = document.source();
    this.rows = document.rows();
  }

  /// Top to bottom.
  public static List<TaskFinding> of(TaskDocument document) {
    var lines = new UnreadLines(document);
    lines.addCovered();
    var row = 0;
    for (var line = 0; line < lines.source.lines(); line++) {
      while (row < lines.rows.size() && lines.rows.line(row) < line) {
        row++;
      }
      var isTask = row < lines.rows.size() && lines.rows.line(row) == line;
      if (!isTask && !lines.source.isBlank(line) && !document.structure().hidden().get(line)) {
        lines.read(line, row - 1);
      }
    }
    lines.found.addAll(document.structure().findings());
    lines.found.sort(Comparator.comparingInt(TaskFinding::line));
    return lines.found;
  }

  /// What a task has in its body goes with it, whatever block it is in.
  private void addCovered() {
    for (var covered : document.structure().covered()) {
      var above = rows.firstFrom(covered.line() - 1) - 1;
      if (above < 0 || covered.line() - 1 >= rows.end(above)) {
        found.add(covered);
      }
    }
  }

  /// `above` is the last task above, or -1.
  private void read(int line, int above) {
    if (above >= 0 && line < rows.end(above)) {
      return; // its body
    }
    var box = mayBeBox(line) ? findBox(line) : Optional.<TaskFinding>empty();
    box.or(() -> above < 0 ? Optional.empty() : findSecondLine(line, above)).ifPresent(found::add);
  }

  private boolean mayBeBox(int line) {
    var ink = source.firstInk(line);
    return source.text.indexOf('[', ink, Math.min(source.end(line), ink + 16)) >= 0;
  }

  private Optional<TaskFinding> findBox(int line) {
    var ink = source.firstInk(line);
    var box = BOX.matcher(source.decoded(ink, Math.min(source.end(line), ink + LONGEST)));
    return box.matches() && !box.group(6).isBlank() ? judge(line + 1, box) : Optional.empty();
  }

  private static Optional<TaskFinding> judge(int line, Matcher box) {
    var typed = box.group(4).strip();
    var isMark = MarkParser.read(ByteText.encode(typed)).isPresent();
    var isApart =
        Character.isWhitespace(box.group(6).charAt(0)) || box.group(6).charAt(0) == '\u00A0';
    if (!isApart) {
      return isMark ? gluedBox(line, typed, box.group(6).codePointAt(0)) : Optional.empty();
    }
    if (!isMark) {
      return unknownMark(line, typed);
    }
    if (!box.group(3).isEmpty() || !box.group(5).isEmpty()) {
      return told(line, "escaped brackets make no task", "write [" + typed + "] without \\");
    }
    var bullet = Optional.ofNullable(box.group(1)).orElse("");
    if (!bullet.isEmpty() && box.group(2).isEmpty()) {
      return told(
          line, "no blank behind " + bullet + ": no task", "write " + bullet + " [" + typed + "]");
    }
    return bullet.isEmpty()
        ? Optional.empty()
        : told(line, bullet + " begins no list: no task", "write - [" + typed + "]");
  }

  /// `[](link)`, `[x]: reference` and `[x], …` are prose.
  private static Optional<TaskFinding> gluedBox(int line, String typed, int behind) {
    var isText = Character.isLetterOrDigit(behind) || "`*_#@\"'~<".indexOf(behind) >= 0;
    return isText
        ? told(
            line, "no blank behind [" + typed + "]: no task", "write [" + typed + "] and a blank")
        : Optional.empty();
  }

  private static Optional<TaskFinding> unknownMark(int line, String typed) {
    var lower = typed.toLowerCase(Locale.ROOT);
    var word = lower.split("[\\h,]", 2)[0];
    var meant = NearestName.findSlip(word, WORDS);
    if (STATES.contains(lower) || meant.isPresent() || isSign(typed)) {
      var close = meant.filter(w -> !w.equals(word) && !STATES.contains(w));
      return told(
          line,
          "[" + typed + "] is no mark: no task",
          close
              .map(w -> NearestName.question("[" + w + "]"))
              .orElse("[] starts it, [x] is done, [⊘] is left"));
    }
    return word.equals("at") && lower.chars().anyMatch(Character::isDigit)
        ? told(line, "[" + typed + "] is no mark: no task", "write [at 22:00]")
        : Optional.empty();
  }

  /// A drawing that stands for a state.
  private static boolean isSign(String typed) {
    return switch (typed.isEmpty() ? 0 : Character.getType(typed.codePointAt(0))) {
      case Character.OTHER_SYMBOL, Character.MATH_SYMBOL -> typed.codePointAt(0) > 127;
      default -> false;
    };
  }

  /// Markdown takes it for the same paragraph; here it is none of the task.
  private Optional<TaskFinding> findSecondLine(int line, int above) {
    var isBelow = rows.end(above) == line && isWaiting(rows.says(above).mark());
    return isBelow && !isHeading(line) && isProse(line)
        ? told(
            line + 1,
            "no part of the task above it",
            "indent it below the task, or leave an empty line between them")
        : Optional.empty();
  }

  private static boolean isWaiting(Mark mark) {
    return mark.progress() == Progress.PENDING && !(mark instanceof Mark.Malformed);
  }

  private boolean isHeading(int line) {
    var headings = document.structure().headings();
    var next = document.structure().firstHeadingFrom(line);
    return next < headings.size() && headings.get(next).line() == line;
  }

  private boolean isProse(int line) {
    var text = source.text;
    var ink = source.firstInk(line);
    var end = source.end(line);
    return TaskLine.skipBullet(text, ink, end) == ink
        && "#>|<%:=".indexOf(text.charAt(ink)) < 0
        && !TaskLine.isOtherBox(source, line)
        && !DoneSection.isRule(source, line);
  }

  private static Optional<TaskFinding> told(int line, String what, String cure) {
    return Optional.of(TaskFinding.warning(line, what, cure));
  }
}
