package adw.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the headings of a file make of the lines below them: scopes, and what is queued, parked or
/// done.
final class Sections {
  final List<TaskScope> scopes = new ArrayList<>();
  private final int[] starts;
  private final TaskScope[] scopeOf;
  private final Task.Place[] placeOf;
  private Task.Place place = Task.Place.QUEUE;
  private int placeLevel;

  private Sections(int headings) {
    this.starts = new int[headings + 1];
    this.scopeOf = new TaskScope[headings + 1];
    this.placeOf = new Task.Place[headings + 1];
  }

  /// `lines`: how many the file has.
  static Sections of(List<Heading> headings, int lines) {
    var sections = new Sections(headings.size());
    sections.scopes.add(new TaskScope(0, 0, 0, Optional.empty()));
    sections.note(0, 0);
    for (var i = 0; i < headings.size(); i++) {
      sections.read(headings.get(i));
      sections.note(i + 1, headings.get(i).line());
    }
    sections.endPlace(lines);
    return sections;
  }

  private void note(int section, int line) {
    starts[section] = line;
    scopeOf[section] = scopes.getLast();
    placeOf[section] = place;
  }

  private void read(Heading heading) {
    var name = heading.findScopeName();
    if (heading.level() <= placeLevel || (name.isPresent() && place == Task.Place.DONE)) {
      endPlace(heading.line());
    }
    name.ifPresent(n ->
        scopes.add(new TaskScope(heading.line(), heading.line() + 1, heading.endLine(), name)));
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

  /// Each scope gets the tasks below its heading.
  void share(TaskRows rows) {
    for (var i = 0; i < scopes.size(); i++) {
      var from = rows.firstFrom(scopes.get(i).startLine);
      var isLast = i + 1 == scopes.size();
      var to = isLast ? rows.size() : rows.firstFrom(scopes.get(i + 1).startLine);
      scopes.get(i).tasks = rows.tasks().subList(from, to);
    }
  }

  TaskScope scopeOf(int line) {
    return scopeOf[sectionOf(line)];
  }

  Task.Place placeOf(int line) {
    return placeOf[sectionOf(line)];
  }

  private int sectionOf(int line) {
    var found = Arrays.binarySearch(starts, 1, starts.length, line);
    return found >= 0 ? found : -found - 2;
  }
}
