package adw.task;

import java.util.List;
import java.util.Optional;

/// The tasks under one `Git Worktree NAME` heading; before the first heading: the default scope.
public final class TaskScope {
  private final int line;
  private final Optional<String> name;
  private final Optional<String> fault;

  /// The line of its heading and the one behind it, 0-based.
  final int startLine;

  final int endLine;

  /// The lines of its Done section, behind the heading; -1: it has none.
  int doneFrom = -1;

  int doneTo = -1;
  List<Task> tasks = List.of();

  TaskScope(int startLine, int line, int endLine, Optional<String> name) {
    this.startLine = startLine;
    this.line = line;
    this.endLine = endLine;
    this.name = name;
    this.fault = name.flatMap(ScopeName::findFault);
  }

  /// 1-based line of the heading; 0 for the default scope.
  public int line() {
    return line;
  }

  /// As typed, even when it cannot be a branch; empty: the default scope.
  public Optional<String> name() {
    return name;
  }

  /// Why the name cannot be used.
  public Optional<String> fault() {
    return fault;
  }

  public List<Task> tasks() {
    return java.util.Collections.unmodifiableList(tasks);
  }

  @Override
  public String toString() {
    return name.map(n -> "scope " + n).orElse("default scope");
  }
}
