package adw.task;

import java.util.Optional;

/// The part of a file under one `Git Worktree NAME` heading; before the first: the default scope.
public final class TaskScope {
  private final Optional<String> name;
  private final Optional<String> fault;

  /// The line of its heading, the one behind the heading and the one behind the scope, 0-based.
  final int startLine;

  final int endOfHeading;
  final int endLine;

  /// The lines of its Done section, behind the heading; -1: it has none.
  final int doneFrom;

  final int doneTo;

  TaskScope(Optional<String> name, Lines heading, int endLine, Lines done) {
    this.name = name;
    this.fault = name.flatMap(ScopeName::findFault);
    this.startLine = heading.from;
    this.endOfHeading = heading.to;
    this.endLine = endLine;
    this.doneFrom = done.from;
    this.doneTo = done.to;
  }

  /// Lines, 0-based, up to the one behind the last.
  record Lines(int from, int to) {
    static final Lines NONE = new Lines(-1, -1);
  }

  /// 1-based line of the heading; 0 for the default scope.
  public int line() {
    return name.isEmpty() ? 0 : startLine + 1;
  }

  /// As typed, even when it cannot be a branch; empty: the default scope.
  public Optional<String> name() {
    return name;
  }

  /// Why the name cannot be used.
  public Optional<String> fault() {
    return fault;
  }

  boolean hasDone() {
    return doneFrom >= 0;
  }

  @Override
  public String toString() {
    return name.map(n -> "scope " + n).orElse("default scope");
  }
}
