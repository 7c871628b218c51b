package adw.planning;

import adw.run.Run;
import adw.task.readiness.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Whether the branch of a named scope is free for its runs.
final class BusyScopes {
  private final Planner.View view;

  BusyScopes(Planner.View view) {
    this.view = view;
  }

  /// Why none of its runs can start now.
  Optional<Decision.Held> findObstacle(String name) throws IOException {
    var taken = findTaken(name);
    return taken.isPresent()
        ? taken.map(why -> new Decision.Held(why, "give the heading another name"))
        : findAtWork(name)
            .map(run ->
                new Decision.Held(
                    run.id() + " is still at work there", "it starts when that has ended"));
  }

  /// A run that lives on for a moment after its line was deleted.
  private Optional<Run> findAtWork(String name) throws IOException {
    for (var id : view.runs().liveIds()) {
      var run = view.runs().find(id).filter(one -> one.order().scope().equals(Optional.of(name)));
      if (run.isPresent()) {
        return run;
      }
    }
    return Optional.empty();
  }

  /// Who else has a branch of that name: the base, or a worktree that is not the scope's own.
  private Optional<String> findTaken(String name) throws IOException {
    if (view.worktrees().base().equals(name) || view.startBranch().equals(Optional.of(name))) {
      return Optional.of("branch " + name + " is the base branch");
    }
    return view.git().worktreesOn(name).stream()
        .filter(folder -> !folder.equals(own(name)))
        .findFirst()
        .map(folder -> "branch " + name + " is checked out in " + folder);
  }

  private Path own(String name) {
    return view.worktrees().folder().resolve(name);
  }
}
