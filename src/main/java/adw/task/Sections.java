package adw.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the headings of a file make of the lines below them: scopes, and what is queued, parked or
/// done.
final class Sections {
  /// The default scope first; two headings of one name are two scopes.
  private final List<TaskScope> scopes;

  /// Of each section its first line, its scope's place among the scopes, and what it is for.
  private final int[] starts;

  private final int[] scopeOf;
  private final Place[] placeOf;

  /// Where headings put a task.
  enum Place {
    QUEUE,
    PARKED,
    DONE
  }

  private Sections(HeadingReader read) {
    this.scopes = List.copyOf(read.scopes);
    this.starts = read.starts;
    this.scopeOf = read.scopeOf;
    this.placeOf = read.placeOf;
  }

  /// `lines`: how many the file has.
  static Sections of(List<Heading> headings, int lines) {
    var reader = new HeadingReader(headings.size());
    for (var heading : headings) {
      reader.read(heading);
    }
    reader.endScope(lines);
    return new Sections(reader);
  }

  List<TaskScope> scopes() {
    return scopes;
  }

  TaskScope scopeOf(int line) {
    return scopes.get(scopeOf[sectionOf(line)]);
  }

  Place placeOf(int line) {
    return placeOf[sectionOf(line)];
  }

  private int sectionOf(int line) {
    var found = Arrays.binarySearch(starts, 1, starts.length, line);
    return found >= 0 ? found : -found - 2;
  }

  /// Goes through the headings from top to bottom.
  private static final class HeadingReader {
    private final List<TaskScope> scopes = new ArrayList<>();
    private final int[] starts;
    private final int[] scopeOf;
    private final Place[] placeOf;
    private int sections;
    private Place place = Place.QUEUE;
    private int placeLevel;

    /// Of the scope that is not over.
    private Optional<String> name = Optional.empty();

    private TaskScope.Lines heading = new TaskScope.Lines(0, 0);
    private TaskScope.Lines done = TaskScope.Lines.NONE;

    HeadingReader(int headings) {
      this.starts = new int[headings + 1];
      this.scopeOf = new int[headings + 1];
      this.placeOf = new Place[headings + 1];
      note(0);
    }

    private void note(int line) {
      starts[sections] = line;
      scopeOf[sections] = scopes.size();
      placeOf[sections] = place;
      sections++;
    }

    void read(Heading next) {
      var opened = next.findScopeName();
      if (next.level() <= placeLevel || (opened.isPresent() && place == Place.DONE)) {
        endPlace(next.line());
      }
      if (opened.isPresent()) {
        beginScope(opened, next);
      }
      if (place == Place.QUEUE && next.isParked()) {
        beginPlace(Place.PARKED, next.level());
      } else if (place == Place.QUEUE && next.isDone()) {
        beginPlace(Place.DONE, next.level());
        if (done.from() < 0) {
          done = new TaskScope.Lines(next.endLine(), -1);
        }
      }
      note(next.line());
    }

    private void beginScope(Optional<String> opened, Heading next) {
      scopes.add(new TaskScope(name, heading, next.line(), done));
      name = opened;
      heading = new TaskScope.Lines(next.line(), next.endLine());
      done = TaskScope.Lines.NONE;
    }

    void endScope(int lines) {
      endPlace(lines);
      scopes.add(new TaskScope(name, heading, lines, done));
    }

    private void beginPlace(Place begun, int level) {
      place = begun;
      placeLevel = level;
    }

    private void endPlace(int line) {
      if (place == Place.DONE && done.to() < 0) {
        done = new TaskScope.Lines(done.from(), line);
      }
      place = Place.QUEUE;
      placeLevel = 0;
    }
  }
}
