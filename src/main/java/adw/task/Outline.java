package adw.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Puts the task lines of a file together: what nests in what, which body and scope is whose.
final class Outline {
  /// A task line this many columns further in than another is nested in it.
  private static final int NESTED = 2;

  private final Source source;
  private final Structure structure;
  private final Tails tails;
  final List<Task> tasks = new ArrayList<>();
  final List<Scope> scopes = new ArrayList<>();
  private final Deque<Task> open = new ArrayDeque<>();
  private int nextHeading;
  private Task.Place place = Task.Place.QUEUE;
  private int placeLevel;

  Outline(Source source, Structure structure, Tails tails) {
    this.source = source;
    this.structure = structure;
    this.tails = tails;
  }

  void read() {
    scopes.add(new Scope(0, 0, Optional.empty()));
    for (var line = 0; line < source.lines(); line++) {
      read(line);
    }
    closeAll();
    endPlace(source.lines());
  }

  private void read(int line) {
    var headings = structure.headings();
    if (nextHeading < headings.size() && headings.get(nextHeading).line() == line) {
      closeAll();
      read(headings.get(nextHeading++));
      return;
    }
    var ink = source.firstInk(line);
    if (ink == source.end(line)) {
      return;
    }
    var task = structure.hidden().get(line) ? null : TaskLine.read(source, line).orElse(null);
    if (task == null) {
      readBody(line, ink);
    } else {
      read(line, task);
    }
  }

  private void read(Heading heading) {
    var name = heading.findScopeName();
    if (heading.level() <= placeLevel || (name.isPresent() && place == Task.Place.DONE)) {
      endPlace(heading.line());
    }
    name.ifPresent(n -> scopes.add(new Scope(heading.line() + 1, heading.endLine(), name)));
    if (place == Task.Place.QUEUE && heading.isParked()) {
      beginPlace(Task.Place.PARKED, heading.level());
    } else if (place == Task.Place.QUEUE && heading.isDone()) {
      beginPlace(Task.Place.DONE, heading.level());
      if (scopes.getLast().doneFrom < 0) {
        scopes.getLast().doneFrom = heading.endLine();
      }
    }
  }

  private void beginPlace(Task.Place begun, int level) {
    place = begun;
    placeLevel = level;
  }

  private void endPlace(int line) {
    if (place == Task.Place.DONE && scopes.getLast().doneTo < 0) {
      scopes.getLast().doneTo = line;
    }
    place = Task.Place.QUEUE;
    placeLevel = 0;
  }

  private void read(int line, TaskLine at) {
    while (!open.isEmpty() && at.indent() < open.peek().indent() + NESTED) {
      close();
    }
    if (!open.isEmpty() && !open.peek().isGroup()) {
      open.peek().extendTo(line + 1);
      return;
    }
    var bounds = TextBounds.of(source, at, tails);
    var parent = Optional.ofNullable(open.peek());
    var spot = new Task.Spot(scopes.getLast(), parent, place);
    var task = new Task(source, tasks.size(), line, at, bounds, spot);
    parent.ifPresent(p -> p.adopt(task));
    tasks.add(task);
    scopes.getLast().tasks.add(task);
    open.push(task);
  }

  /// Fenced code, and quotes right below, belong to a task at any indentation.
  private void readBody(int line, int ink) {
    if (open.isEmpty()) {
      return;
    }
    var isQuoteBelow = source.text.charAt(ink) == '>' && open.peek().endLine() == line;
    if (!structure.fenced().get(line) && !isQuoteBelow) {
      var indent = source.column(line, ink);
      while (!open.isEmpty() && indent <= open.peek().indent()) {
        close();
      }
    }
    if (!open.isEmpty()) {
      open.peek().extendTo(line + 1);
    }
  }

  private void closeAll() {
    while (!open.isEmpty()) {
      close();
    }
  }

  private void close() {
    var closed = open.pop();
    if (!open.isEmpty()) {
      open.peek().extendTo(closed.endLine());
    }
  }
}
