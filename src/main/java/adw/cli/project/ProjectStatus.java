package adw.cli.project;

import adw.cli.console.Caller;
import adw.git.config.RepositoryPaths;
import adw.planning.Planner;
import adw.status.RepositoryStatus;
import adw.status.StatusSources;
import java.io.IOException;

/// How the tasks of a project stand.
public final class ProjectStatus {
  private ProjectStatus() {}

  public static RepositoryStatus read(Project project, Caller caller) throws IOException {
    return RepositoryStatus.read(sources(project, caller));
  }

  private static StatusSources sources(Project project, Caller caller) throws IOException {
    var workflows = ProjectWorkflows.of(project, caller);
    var worktrees = project.settings().loop().worktrees();
    var root = project.root();
    var git = RepositoryPaths.find(root).orElseThrow();
    var view =
        new Planner.View(
            root,
            git,
            git.branch(),
            worktrees.forPlanner(root),
            project.runs(),
            workflows,
            new RunCommits(root, caller.environment())::find);
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
