package adw.cli.project;

import adw.cli.console.Caller;
import adw.cli.console.CliException;
import adw.cli.console.ExitCode;
import adw.daemon.DaemonControl;
import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.daemon.context.GitFileView;
import adw.git.Repository;
import adw.git.config.GitEnvironment;
import adw.task.file.TaskFile;
import adw.task.file.TaskFileSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/// A project opened for work: what commands need that write the task file, start or end runs.
public final class OpenProject implements AutoCloseable {
  private final Project project;
  private final Repository repository;
  private final DaemonContext context;

  private OpenProject(Project project, Repository repository, DaemonContext context) {
    this.project = project;
    this.repository = repository;
    this.context = context;
  }

  /// To look only.
  public static OpenProject look(Project project, Caller caller) throws IOException {
    project.needTaskFile();
    return make(project, caller, DaemonListener.NONE);
  }

  /// To end what runs, whatever the task file is like and whoever holds its lock.
  public static OpenProject toStop(Project project, Caller caller, DaemonListener listener)
      throws IOException {
    return make(project, caller, listener);
  }

  public static OpenProject open(Project project, Caller caller, DaemonListener listener)
      throws IOException, InterruptedException {
    project.needTaskFile();
    return openToRestore(project, caller, listener);
  }

  /// Also where the task file is gone.
  public static OpenProject openToRestore(Project project, Caller caller, DaemonListener listener)
      throws IOException, InterruptedException {
    var opened = make(project, caller, listener);
    takeOver(opened.file(), project)
        .ifPresent(other ->
            listener.noticed(
                "the queue of this repository is %s now, it was %s"
                    .formatted(project.taskFile(), other)));
    return opened;
  }

  private static OpenProject make(Project project, Caller caller, DaemonListener listener)
      throws IOException {
    project.state().create();
    var surroundings = new GitEnvironment(caller.environment(), caller.clock());
    var repository = Repository.open(project.root(), surroundings);
    project.sandbox().ifPresent(repository::enclose);
    var workflows = ProjectWorkflows.of(project, caller, SelfCommand.argv("flow", "exec"));
    var view = new GitFileView(repository, project.taskFile());
    var settings =
        TaskFileSettings.of(project.taskFile(), project.state().root())
            .withSettle(project.settings().settle())
            .withVocabulary(project.vocabulary(workflows));
    var world =
        new DaemonContext.World(
            caller.clock(),
            caller.zone(),
            new SecureRandom(),
            caller.environment(),
            project.enclosure());
    var context =
        new DaemonContext(
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
    return new OpenProject(project, repository, context);
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
    if (open > 0 || DaemonControl.isAnyoneThere(project.state())) {
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

  public Project project() {
    return project;
  }

  public Repository repository() {
    return repository;
  }

  public DaemonContext context() {
    return context;
  }

  public TaskFile file() {
    return context.file();
  }

  @Override
  public void close() throws IOException {
    repository.close();
  }
}
