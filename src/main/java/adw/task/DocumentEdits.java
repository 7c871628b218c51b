package adw.task;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Makes a new version of a file of the daemon's edits; everything between them is copied as it is.
public final class DocumentEdits {
  private static final Comparator<Span> IN_ORDER =
      Comparator.comparingInt(Span::start).thenComparingInt(Span::end);

  /// Puts `text` in the place of what stands from `start` to `end`.
  private record Span(int start, int end, String text) {
    Splice inBytes() {
      return new Splice(start, end, text.getBytes(ISO_8859_1));
    }
  }

  /// Takes the lines from `start` to `end` to `target`.
  private record Move(int start, int end, int target) {
    boolean takes(Span mark) {
      return start <= mark.start && mark.end <= end;
    }

    /// What is put in at an edge stays.
    boolean holds(Span insert) {
      return start < insert.start && insert.end < end;
    }
  }

  private final TaskDocument document;
  private final SourceText source;
  private final ByteText text;
  private final String ending;
  private final Map<Task, List<Span>> rewritten = new LinkedHashMap<>();
  private final List<Span> inserts = new ArrayList<>();

  /// By start; none holds another.
  private final NavigableMap<Integer, Move> moves = new TreeMap<>();

  private DocumentEdits(TaskDocument document) {
    this.document = document;
    this.source = document.source();
    this.text = source.text;
    this.ending = source.lineEnding();
  }

  /// The document with these changes. Where a move would hide or change a task (an open fence at
  /// the end of Done), none is made.
  public static TaskDocument apply(TaskDocument document, List<Edit> edits) {
    var changed = document.reparse(bytes(document, edits));
    var staying = edits.stream().filter(edit -> !(edit instanceof Edit.MoveToDone)).toList();
    if (staying.size() == edits.size()) {
      return changed;
    }
    var unmoved = document.reparse(bytes(document, staying));
    return tasksHash(unmoved) == tasksHash(changed) ? changed : unmoved;
  }

  /// The same for the same tasks with the same bodies in any order.
  private static long tasksHash(TaskDocument document) {
    var sum = 0L;
    for (var task : document.tasks()) {
      var end = document.source().end(task.endLine() - 1);
      sum += 31L * document.source().text.substring(task.open(), end).hashCode() + 1;
    }
    return sum;
  }

  private static byte[] bytes(TaskDocument document, List<Edit> edits) {
    var all = new DocumentEdits(document);
    for (var edit : edits) {
      all.add(edit);
    }
    return all.render();
  }

  private void add(Edit edit) {
    switch (edit) {
      case Edit.Rewrite(var task, var mark, var tail) ->
          rewrite(task, NewLines.isBare(task, mark) ? " " : MarkParser.write(mark), tail);
      case Edit.Restore(var task, var marker, var tail) -> rewrite(task, marker, tail);
      case Edit.MoveToDone(var task) ->
          DoneSection.findOffset(document, task)
              .ifPresent(
                  target -> moves.put(task.start(), new Move(task.start(), task.end(), target)));
      case Edit.InsertCopy(var template) -> insert(template.end(), NewLines.copyOf(template));
      case Edit.InsertBelow(var task, var lines) ->
          insert(task.end(), ByteText.encode(lines.stripTrailing()));
      case Edit.InsertAbove(var task, var lines) ->
          insert(task.start(), ByteText.encode(lines.stripTrailing()));
      case Edit.InsertFirst first -> insert(NewLines.placeOf(document, first));
      case Edit.Append append -> insert(NewLines.placeOf(document, append));
    }
  }

  /// Of several edits of one line the last counts.
  private void rewrite(Task task, String marker, Optional<String> tail) {
    var report = tail.map(t -> ByteText.encode(" // " + t)).orElse("");
    rewritten.put(
        task,
        List.of(
            new Span(task.open() + 1, task.close(), ByteText.encode(marker)),
            new Span(task.tailStart(), task.inkEnd(), report)));
  }

  private void insert(NewLines.Place place) {
    insert(place.offset(), place.lines());
  }

  /// Whole lines, with \n between them and none at the end, in the file's own line endings.
  private void insert(int offset, String lines) {
    if (!lines.isEmpty()) {
      var own = lines.replace("\r\n", "\n").replace("\n", ending);
      inserts.add(new Span(offset, offset, whole(offset, own, "")));
    }
  }

  /// A line behind a last one that has no ending gets none either.
  private String whole(int offset, String lines, String after) {
    var isLineStart = offset <= source.start(0) || text.charAt(offset - 1) == '\n';
    return isLineStart ? lines + ending + after : ending + lines;
  }

  /// Cuts come before what is put in at their start; marks before what is put in behind them.
  private byte[] render() {
    var all = new ArrayList<Span>();
    var own = new HashMap<Move, List<Span>>();
    moves.values().forEach(move -> own.put(move, new ArrayList<>()));
    rewritten.values().stream()
        .flatMap(List::stream)
        .forEach(s -> findMove(s).filter(m -> m.takes(s)).map(own::get).orElse(all).add(s));
    inserts.forEach(s -> findMove(s).filter(m -> m.holds(s)).map(own::get).orElse(all).add(s));
    var arrivals = new ArrayList<Span>();
    for (var move : moves.values()) {
      arrivals.add(
          new Span(move.target, move.target, moved(move, own.getOrDefault(move, List.of()))));
      all.add(new Span(move.start, move.end, ""));
    }
    all.addAll(arrivals);
    return Splice.apply(source.bytes, all.stream().sorted(IN_ORDER).map(Span::inBytes).toList());
  }

  private Optional<Move> findMove(Span span) {
    return Optional.ofNullable(moves.floorEntry(span.start)).map(Map.Entry::getValue);
  }

  private String moved(Move move, List<Span> own) {
    var lines = render(move.start, move.end, own);
    var before = DoneSection.needsBlankBefore(document, move.target) ? ending : "";
    var after = DoneSection.needsBlankAfter(source, move.target) ? ending : "";
    return whole(move.target, before + NewLines.withoutEnding(lines), after);
  }

  private String render(int from, int to, List<Span> splices) {
    var out = new StringBuilder(to - from + 64 * splices.size());
    var at = from;
    for (var splice : splices.stream().sorted(IN_ORDER).toList()) {
      out.append(text, at, splice.start).append(splice.text);
      at = splice.end;
    }
    return out.append(text, at, to).toString();
  }
}
