package adw.daemon;

import adw.git.GitException;
import adw.git.Repository;
import adw.os.Enclosure;
import adw.run.Event;
import adw.run.Events;
import adw.run.Run;
import adw.run.Runs;
import adw.run.State;
import adw.task.GitView;
import adw.task.TaskFile;
import adw.workflow.Workflows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// All that a daemon works with; handed in by whoever starts one.
///
/// @param checkout the work tree that holds `adws/`
/// @param tasks the task file
public record Site(
    Path checkout,
    Path tasks,
    Repository repository,
    TaskFile file,
    GitView git,
    Runs runs,
    Workflows workflows,
    Settings settings,
    World world,
    Listener listener) {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  /// Time, chance, the environment of the daemon's own process, and the bounds of what is started
  /// in worktrees.
  public record World(
      InstantSource clock,
      ZoneId zone,
      RandomGenerator random,
      Map<String, String> environment,
      Enclosure enclosure) {
    public World {
      environment = Map.copyOf(environment);
    }
  }

  Outlook.View view() {
    return new Outlook.View(
        checkout,
        repository.place(),
        repository.startBranch(),
        settings.worktrees(),
        runs,
        workflows,
        new Trailers(repository)::find);
  }

  State state() {
    return runs.state();
  }

  Instant now() {
    return world.clock().instant();
  }

  ZonedDateTime localNow() {
    return now().atZone(world.zone());
  }

  /// A commit as people read it.
  String abbreviate(String commit) {
    if (!COMMIT.matcher(commit).matches()) {
      return commit; // a damaged record's
    }
    try {
      return repository.abbreviate(commit);
    } catch (IOException | GitException e) {
      return commit; // the whole id says the same
    }
  }

  /// What was said, without the secrets that it was given.
  String conceal(String words) {
    return SecretValues.mask(words, world.environment());
  }

  /// Whether git sees the task file: then done lines stay where they are.
  boolean isTracked() {
    return git.isTracked();
  }

  /// Notes a step of a run: on disk, and for whoever watches.
  void happened(Event event) throws IOException {
    new Events(state()).append(event);
    listener.happened(event);
  }

  void happened(Run run, String kind) throws IOException {
    happened(Event.of(now(), run.id(), kind));
  }

  void happened(Run run, String kind, String name, String value) throws IOException {
    happened(Event.of(now(), run.id(), kind).with(name, value));
  }
}
