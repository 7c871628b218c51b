package adw.cli.project;

import adw.agent.program.Bubblewrap;
import adw.agent.program.PresetNames;
import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.settings.LastSettings;
import adw.cli.settings.Settings;
import adw.cli.settings.SettingsFile;
import adw.cli.settings.SettingsSource;
import adw.git.config.RepositoryPaths;
import adw.os.process.ProgramEnclosure;
import adw.run.RunStore;
import adw.run.StateFolder;
import adw.task.TailJudge;
import adw.task.TaskDocument;
import adw.task.TaskFileException;
import adw.task.Vocabulary;
import adw.task.file.FileFault;
import adw.task.file.QueueOwner;
import adw.workflow.Workflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/// The repository that a command works on: its settings, task file and records. Finding it loads no
/// JGit.
///
/// @param root the work tree that holds the task file, `adw.toml` and `adws/`
public record Project(Path root, Path commonDir, Settings settings) {
  /// Where the repository's queue is: also from a worktree that has no task file of its own, or is
  /// one of a run, and holds but a copy.
  public static Project find(Console console) throws IOException {
    return find(console, Project::strict);
  }

  /// The same for what looks, ends or asks: it works while `adw.toml` is broken.
  public static Project findAnyhow(Console console) throws IOException {
    return find(console, new LastSettings(console));
  }

  private static Settings strict(Path root, Path commonDir) throws IOException {
    return SettingsFile.read(SettingsFile.in(root));
  }

  private static Project find(Console console, SettingsSource source) throws IOException {
    var here = here(console, source);
    var queue = here.findQueue(source);
    return queue.isPresent() && (!Files.exists(here.taskFile()) || here.isWithinTrees(queue.get()))
        ? queue.get()
        : here;
  }

  /// Where the queue is, whatever lies here; also while `adw.toml` is broken.
  public static Project queue(Console console) throws IOException {
    var source = new LastSettings(console);
    var here = here(console, source);
    return here.findQueue(source).orElse(here);
  }

  /// The checkout of this folder; of a run's worktree, the one that the run came from.
  public static Project here(Console console) throws IOException {
    return here(console, Project::strict);
  }

  private static Project here(Console console, SettingsSource source) throws IOException {
    var folder = console.directory();
    if (!Files.isDirectory(folder)) {
      var what = Files.exists(folder) ? ": is a file (name a folder)" : ": no such folder";
      throw new CliException(ExitCode.NOT_FOUND, folder + what);
    }
    var place =
        RepositoryPaths.find(folder)
            .orElseThrow(() ->
                new CliException(
                    ExitCode.NOT_FOUND,
                    folder + ": not in a git repository (git init, or adw -C DIR)"));
    var root =
        place
            .workTree()
            .orElseThrow(() ->
                new CliException(
                    ExitCode.REFUSED,
                    folder + ": a bare repository has no files to work on (adw -C a clone)"));
    return here(root, place.commonDir(), source);
  }

  private static Project here(Path root, Path commonDir, SettingsSource source) throws IOException {
    var parent = commonDir.getParent();
    var main = of(parent != null && commonDir.endsWith(".git") ? parent : root, commonDir, source);
    return root.equals(main.root()) || root.startsWith(main.trees())
        ? main
        : of(root, commonDir, source);
  }

  private static Project of(Path root, Path commonDir, SettingsSource source) throws IOException {
    requireOpen(StateFolder.of(commonDir).root());
    return new Project(root, commonDir, source.read(root, commonDir));
  }

  /// What adw keeps of a repository is open to its owner alone, so only that one can work there.
  private static void requireOpen(Path state) throws IOException {
    if (Files.isDirectory(state) && !Files.isExecutable(state)) {
      throw new CliException(
          ExitCode.REFUSED,
          "%s belongs to %s, who alone may look into it (run adw as that user)"
              .formatted(state, Files.getOwner(state).getName()));
    }
  }

  /// The checkout whose task file is the queue, if that is another one.
  public Optional<Project> findQueue(SettingsSource source) throws IOException {
    var file = new QueueOwner(state().root()).find().filter(Files::exists);
    var found =
        file.isEmpty()
            ? Optional.<RepositoryPaths>empty()
            : RepositoryPaths.find(folder(file.get()));
    var other = found.flatMap(RepositoryPaths::workTree).filter(checkout -> !checkout.equals(root));
    return other.isEmpty() ? Optional.empty() : Optional.of(of(other.get(), commonDir, source));
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file lies in a folder");
  }

  private boolean isWithinTrees(Project other) {
    return root.startsWith(other.trees());
  }

  /// The folder of the worktrees.
  public Path trees() {
    return settings.loop().worktrees().folder(root);
  }

  /// What keeps an agent, and all that is started among its files, from the rest of the disk.
  public Optional<Bubblewrap> sandbox() {
    return switch (settings.agent().sandbox()) {
      case NONE -> Optional.empty();
      case BWRAP -> Optional.of(Bubblewrap.of(commonDir));
    };
  }

  ProgramEnclosure enclosure() {
    return sandbox().map(ProgramEnclosure.class::cast).orElse(ProgramEnclosure.open());
  }

  public StateFolder state() {
    return StateFolder.of(commonDir);
  }

  public RunStore runs() {
    return new RunStore(state());
  }

  public Path taskFile() {
    return root.resolve(settings.tasks().isEmpty() ? "tasks.md" : settings.tasks());
  }

  /// The words that mean something in a task.
  public Vocabulary vocabulary(Workflows workflows) throws IOException {
    var tags = new TreeSet<>(workflows.names());
    tags.addAll(List.of("sh", "report", "approve", "epic", "group"));
    tags.addAll(settings.models().names().keySet());
    tags.addAll(TagModels.USUAL);
    var agents = new TreeSet<>(settings.agents().keySet());
    agents.addAll(PresetNames.BUILT_IN);
    return new Vocabulary(tags, agents);
  }

  /// Where `adw archive` puts lines that are over: `tasks.done.md`.
  public Path archive() {
    var name = String.valueOf(taskFile().getFileName());
    return taskFile().resolveSibling(name.replaceFirst("(\\.[^.]*)?$", ".done$1"));
  }

  /// How messages call a file: within the project from its root on.
  public String shown(Path file) {
    return file.startsWith(root) ? root.relativize(file).toString() : file.toString();
  }

  /// How messages call the task file.
  public String taskFileName() {
    return root.relativize(taskFile()).toString();
  }

  /// The task file as it is now; empty if there is none.
  TaskDocument readDocument(Vocabulary words) throws IOException {
    try {
      var bytes = Files.exists(taskFile()) ? FileFault.read(taskFile()) : new byte[0];
      return TaskDocument.parse(bytes, words, TailJudge.UNKNOWN);
    } catch (TaskFileException e) {
      throw new CliException(ExitCode.BAD_INPUT, taskFileName() + ": " + e.getMessage());
    }
  }

  /// The task file as it is now; that there is none is an error.
  public TaskDocument needDocument(Vocabulary words) throws IOException {
    needTaskFile();
    return readDocument(words);
  }

  public void needTaskFile() throws IOException {
    if (!Files.exists(taskFile())) {
      throw new CliException(ExitCode.NOT_FOUND, taskFile() + ": " + whyMissing());
    }
    var fault = FileFault.findUnreadable(taskFile());
    if (fault.isPresent()) {
      throw new CliException(ExitCode.BAD_INPUT, taskFileName() + ": " + fault.get());
    }
  }

  /// Whether there was a task file, and is none.
  public boolean isTaskFileGone() throws IOException {
    return !Files.exists(taskFile()) && new QueueOwner(state().root()).isAbout(taskFile());
  }

  private String whyMissing() throws IOException {
    if (isTaskFileGone()) {
      return "is gone (adw undo --file brings it back)";
    }
    return Files.isSymbolicLink(taskFile())
        ? "is a link to " + Files.readSymbolicLink(taskFile()) + ", which does not exist (mend it)"
        : "no such file (adw init makes one)";
  }
}
