package adw.daemon.context;

import adw.git.Repository;
import adw.git.config.GitEnvironment;
import adw.git.config.GitException;
import adw.os.process.ProgramEnclosure;
import adw.planning.CommitTrailers;
import adw.planning.Planner;
import adw.run.EventLog;
import adw.run.Run;
import adw.run.RunEvent;
import adw.run.RunStore;
import adw.run.StateFolder;
import adw.task.file.GitView;
import adw.task.file.TaskFile;
import adw.text.SecretValues;
import adw.text.Secrets;
import adw.workflow.Workflows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
public record DaemonContext(
    Path checkout,
    Path tasks,
    Repository repository,
    TaskFile file,
    GitView git,
    RunStore runs,
    Workflows workflows,
    DaemonSettings settings,
    World world,
    DaemonListener listener) {
  /// Of a look through all commits; nothing is claimed meanwhile.
  private static final Duration HISTORY_LIMIT = Duration.ofSeconds(30);

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  /// Time, chance, the environment of the daemon's own process, and the bounds of what is started
  /// in worktrees.
  public record World(
      InstantSource clock,
      ZoneId zone,
      RandomGenerator random,
      Map<String, String> environment,
      ProgramEnclosure enclosure) {
    public World {
      environment = Map.copyOf(environment);
    }
  }

  public Planner.View view() {
    return new Planner.View(
        checkout,
        repository.place(),
        repository.startBranch(),
        settings.worktrees().forPlanner(checkout),
        runs,
        workflows,
        commits()::find);
  }

  private CommitTrailers commits() {
    var git = new GitEnvironment(world.environment(), world.clock());
    return new CommitTrailers(repository.place(), git, HISTORY_LIMIT);
  }

  public StateFolder state() {
    return runs.state();
  }

  public Instant now() {
    return world.clock().instant();
  }

  public ZonedDateTime localNow() {
    return now().atZone(world.zone());
  }

  /// A commit as people read it.
  public String abbreviate(String commit) {
    if (!COMMIT.matcher(commit).matches()) {
      return commit; // a damaged record's
    }
    try {
      return repository.abbreviate(commit);
    } catch (IOException | GitException e) {
      return commit; // the whole id says the same
    }
  }

  /// What was said, without the secrets that it was given, and without all that looks like one.
  public String conceal(String words) {
    return Secrets.mask(SecretValues.mask(words, world.environment()));
  }

  /// Whether git sees the task file: then done lines stay where they are.
  public boolean isTracked() {
    return git.isTracked();
  }

  /// Notes a step of a run: on disk, and for whoever watches.
  void happened(RunEvent event) throws IOException {
    new EventLog(state()).append(event);
    listener.happened(event);
  }

  public void happened(Run run, String kind) throws IOException {
    happened(RunEvent.of(now(), run.id(), kind));
  }

  public void happened(Run run, String kind, String name, String value) throws IOException {
    happened(RunEvent.of(now(), run.id(), kind).with(name, value));
  }
}
