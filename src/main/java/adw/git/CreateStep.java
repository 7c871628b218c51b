package adw.git;

/// Told before each step of making a worktree: where a test ends the process.
@FunctionalInterface
interface CreateStep {
  void at(String step);
}
