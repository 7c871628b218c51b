package adw.task;

import java.util.List;
import java.util.Optional;

/// The tasks under one `Git Worktree NAME` heading; before the first heading: the default scope.
public final class Scope {
  private final int line;
  private final Optional<String> name;
  private final Optional<String> fault;
  final int start;
  int end;
  final List<Task> tasks = new java.util.ArrayList<>();

  Scope(int line, Optional<String> name, int start) {
    this.line = line;
    this.name = name;
    this.start = start;
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
