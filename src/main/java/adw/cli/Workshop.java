package adw.cli;

import adw.daemon.Control;
import adw.daemon.Listener;
import adw.daemon.RepositoryView;
import adw.daemon.Site;
import adw.git.Repository;
import adw.git.Surroundings;
import adw.task.TaskFile;
import adw.task.TaskFileSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/// A project opened for work: what commands need that write the task file, start or end runs.
final class Workshop implements AutoCloseable {
  private final Project project;
  private final Repository repository;
  private final Site site;

  private Workshop(Project project, Repository repository, Site site) {
    this.project = project;
    this.repository = repository;
    this.site = site;
  }

  /// To look only.
  static Workshop look(Project project, Caller caller) throws IOException {
    project.needTaskFile();
    return make(project, caller, Listener.NONE);
  }

  /// To end what runs, whatever the task file is like and whoever holds its lock.
  static Workshop toStop(Project project, Caller caller, Listener listener) throws IOException {
    return make(project, caller, listener);
  }

  static Workshop open(Project project, Caller caller, Listener listener)
      throws IOException, InterruptedException {
    project.needTaskFile();
    return openToRestore(project, caller, listener);
  }

  /// Also where the task file is gone.
  static Workshop openToRestore(Project project, Caller caller, Listener listener)
      throws IOException, InterruptedException {
    var workshop = make(project, caller, listener);
    takeOver(workshop.file(), project)
        .ifPresent(other ->
            listener.noticed(
                "the queue of this repository is %s now, it was %s"
                    .formatted(project.taskFile(), other)));
    return workshop;
  }

  private static Workshop make(Project project, Caller caller, Listener listener)
      throws IOException {
    project.state().create();
    var surroundings = new Surroundings(caller.environment(), caller.clock());
    var repository = Repository.open(project.root(), surroundings);
    project.sandbox().ifPresent(repository::enclose);
    repository.keepObjects(project.settings().loop().worktrees().cache());
    var workflows = project.workflows(caller, Itself.argv("flow", "exec"));
    var view = new RepositoryView(repository, project.taskFile());
    var settings =
        TaskFileSettings.of(project.taskFile(), project.state().root())
            .withSettle(project.settings().settle())
            .withVocabulary(project.vocabulary(workflows));
    var world =
        new Site.World(
            caller.clock(),
            caller.zone(),
            new SecureRandom(),
            caller.environment(),
            project.enclosure());
    var site =
        new Site(
            project.root(),
            project.taskFile(),
            repository,
            TaskFile.open(settings, caller.clock(), view).telling(listener::noticed),
            view,
            project.runs(),
            workflows,
            project.settings().loop(),
            world,
            listener);
    return new Workshop(project, repository, site);
  }

  /// Makes this checkout's task file the repository's queue; only one is worked at a time, since
  /// runs, slots and branches are the repository's.
  ///
  /// @return the file that was the queue before, if it was another
  private static Optional<Path> takeOver(TaskFile file, Project project)
      throws IOException, InterruptedException {
    return file.locked(session -> {
      var other = session.findOtherQueue();
      if (other.isPresent()) {
        mustBeIdle(other.get(), project);
        session.takeOver();
      }
      return other;
    });
  }

  private static void mustBeIdle(Path other, Project project) throws IOException {
    var open = Files.exists(other) ? project.runs().openIds().size() : 0;
    if (open > 0 || Control.isAnyoneThere(project.state())) {
      throw new CliException(
          ExitCode.REFUSED,
          "%s: the queue of this repository is %s, and it is in use: %s (adw -C %s, or adw stop)"
              .formatted(
                  project.taskFile(),
                  other,
                  open == 0 ? "an adw run watches it" : "runs not over: " + open,
                  other.getParent()));
    }
  }

  Project project() {
    return project;
  }

  Repository repository() {
    return repository;
  }

  Site site() {
    return site;
  }

  TaskFile file() {
    return site.file();
  }

  @Override
  public void close() throws IOException {
    repository.close();
  }
}
