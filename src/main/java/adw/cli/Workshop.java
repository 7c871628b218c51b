package adw.cli;

import adw.daemon.Listener;
import adw.daemon.RepositoryView;
import adw.daemon.Site;
import adw.git.Repository;
import adw.git.Surroundings;
import adw.task.TaskFile;
import adw.task.TaskFileSettings;
import java.io.IOException;
import java.security.SecureRandom;

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

  static Workshop open(Project project, Caller caller) throws IOException {
    return open(project, caller, Listener.NONE);
  }

  static Workshop open(Project project, Caller caller, Listener listener) throws IOException {
    project.needTaskFile();
    project.state().create();
    var surroundings = new Surroundings(caller.environment(), caller.clock());
    var repository = Repository.open(project.root(), surroundings);
    var workflows = project.workflows(caller, Itself.argv("flow", "exec"));
    var view = new RepositoryView(repository, project.taskFile());
    var settings =
        TaskFileSettings.of(project.taskFile(), project.state().root())
            .withSettle(project.settings().settle())
            .withVocabulary(project.vocabulary(workflows));
    var world =
        new Site.World(caller.clock(), caller.zone(), new SecureRandom(), caller.environment());
    var site =
        new Site(
            project.root(),
            project.taskFile(),
            repository,
            TaskFile.open(settings, caller.clock(), view),
            view,
            project.runs(),
            workflows,
            project.settings().loop(),
            world,
            listener);
    return new Workshop(project, repository, site);
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
