package adw.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Replaces spans of a file; everything between them is copied as it is.
final class Splices {
  private static final Comparator<Splice> IN_ORDER =
      Comparator.comparingInt(Splice::start).thenComparingInt(Splice::end);

  /// Puts `text` in the place of what stands from `start` to `end`.
  private record Splice(int start, int end, String text) {}

  /// Takes the lines from `start` to `end` to `target`.
  private record Move(int start, int end, int target) {
    boolean takes(Splice mark) {
      return start <= mark.start && mark.end <= end;
    }

    /// What is put in at an edge stays.
    boolean holds(Splice insert) {
      return start < insert.start && insert.end < end;
    }
  }

  private final Document document;
  private final Source source;
  private final String text;
  private final String ending;
  private final Map<Task, List<Splice>> rewritten = new LinkedHashMap<>();
  private final List<Splice> inserts = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();

  private Splices(Document document) {
    this.document = document;
    this.source = document.source();
    this.text = source.text;
    this.ending = source.lineEnding();
  }

  static String apply(Document document, List<Edit> edits) {
    var splices = new Splices(document);
    for (var edit : edits) {
      splices.add(edit);
    }
    return splices.render();
  }

  private void add(Edit edit) {
    switch (edit) {
      case Edit.Rewrite(var task, var mark, var tail) ->
          rewrite(task, NewLines.isBare(task, mark) ? " " : Marker.write(mark), tail);
      case Edit.Restore(var task, var marker, var tail) -> rewrite(task, marker, tail);
      case Edit.MoveToDone(var task) ->
          DoneSection.findOffset(task)
              .ifPresent(target -> moves.add(new Move(task.start(), task.end(), target)));
      case Edit.InsertCopy(var template) -> insert(template.end(), NewLines.copyOf(template));
      case Edit.InsertBelow(var task, var lines) ->
          insert(task.end(), Latin1.encode(lines.stripTrailing()));
      case Edit.Append append -> {
        var place = NewLines.placeOf(document, append);
        insert(place.offset(), place.lines());
      }
    }
  }

  /// Of several edits of one line the last counts.
  private void rewrite(Task task, String marker, Optional<String> tail) {
    var at = task.at();
    var tailStart = task.bounds().tail() < 0 ? at.textEnd() : task.bounds().tail();
    var report = tail.map(t -> Latin1.encode(" // " + t)).orElse("");
    rewritten.put(
        task,
        List.of(
            new Splice(at.open() + 1, at.close(), Latin1.encode(marker)),
            new Splice(tailStart, at.textEnd(), report)));
  }

  /// Whole lines, with \n between them and none at the end, in the file's own line endings.
  private void insert(int offset, String lines) {
    if (!lines.isEmpty()) {
      var own = lines.replace("\r\n", "\n").replace("\n", ending);
      inserts.add(new Splice(offset, offset, whole(offset, own, "")));
    }
  }

  /// A line behind a last one that has no ending gets none either.
  private String whole(int offset, String lines, String after) {
    var isLineStart = offset <= source.start(0) || text.charAt(offset - 1) == '\n';
    return isLineStart ? lines + ending + after : ending + lines;
  }

  /// Cuts come before what is put in at their start; marks before what is put in behind them.
  private String render() {
    var all = new ArrayList<Splice>();
    var arrivals = new ArrayList<Splice>();
    for (var move : moves) {
      arrivals.add(new Splice(move.target, move.target, moved(move)));
      all.add(new Splice(move.start, move.end, ""));
    }
    marks().filter(s -> moves.stream().noneMatch(m -> m.takes(s))).forEach(all::add);
    inserts.stream().filter(s -> moves.stream().noneMatch(m -> m.holds(s))).forEach(all::add);
    all.addAll(arrivals);
    return render(0, text.length(), all);
  }

  private Stream<Splice> marks() {
    return rewritten.values().stream().flatMap(List::stream);
  }

  private String moved(Move move) {
    var own = new ArrayList<>(marks().filter(move::takes).toList());
    inserts.stream().filter(move::holds).forEach(own::add);
    var lines = render(move.start, move.end, own);
    var before = DoneSection.needsBlankBefore(document, move.target) ? ending : "";
    var after = DoneSection.needsBlankAfter(source, move.target) ? ending : "";
    return whole(move.target, before + NewLines.withoutEnding(lines), after);
  }

  private String render(int from, int to, List<Splice> splices) {
    var out = new StringBuilder(to - from + 64 * splices.size());
    var at = from;
    for (var splice : splices.stream().sorted(IN_ORDER).toList()) {
      out.append(text, at, splice.start).append(splice.text);
      at = splice.end;
    }
    return out.append(text, at, to).toString();
  }
}
