package adw.cli.project;

import adw.cli.console.Caller;
import adw.git.config.GitEnvironment;
import adw.git.config.RepositoryPaths;
import adw.planning.CommitTrailers;
import adw.planning.Planner;
import adw.status.RepositoryStatus;
import adw.status.StatusSources;
import java.io.IOException;
import java.time.Duration;

/// How the tasks of a project stand.
public final class ProjectStatus {
  /// For a task that waits for a run of another clone; a person waits for the status.
  private static final Duration HISTORY_LIMIT = Duration.ofSeconds(1);

  private ProjectStatus() {}

  public static RepositoryStatus read(Project project, Caller caller) throws IOException {
    return RepositoryStatus.read(sources(project, caller));
  }

  private static StatusSources sources(Project project, Caller caller) throws IOException {
    var workflows = ProjectWorkflows.of(project, caller);
    var worktrees = project.settings().loop().worktrees();
    var root = project.root();
    var git = RepositoryPaths.find(root).orElseThrow();
    var world = new GitEnvironment(caller.environment(), caller.clock());
    var view =
        new Planner.View(
            root,
            git,
            git.branch(),
            worktrees.forPlanner(root),
            project.runs(),
            workflows,
            new CommitTrailers(git, world, HISTORY_LIMIT)::find);
    return new StatusSources(
        project.taskFile(),
        project.taskFileName(),
        project.archive(),
        () -> project.needDocument(project.vocabulary(workflows)),
        view,
        worktrees.minFree(),
        caller);
  }
}
