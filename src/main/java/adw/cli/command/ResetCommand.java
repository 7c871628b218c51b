package adw.cli.command;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.NoticeListener;
import adw.cli.project.OpenProject;
import adw.cli.project.Project;
import adw.daemon.DaemonControl;
import adw.git.RemoveResult;
import adw.git.config.GitException;
import adw.run.Run;
import adw.run.RunPlace;
import adw.task.Edit;
import adw.task.Task;
import adw.task.TaskDocument;
import adw.task.file.LockedTaskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "reset",
    description = {
      "throw away all runs of this file: end them, remove worktrees and branches, put the marks"
          + " back",
      "Commits and files stay under refs/adw/ID until adw clean --saved."
    },
    footer = {"", "Example: adw reset --yes"})
public final class ResetCommand extends PicocliCommand {
  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  boolean yes;

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    try (var opened =
        OpenProject.open(Project.find(console), console.caller(), new NoticeListener(console))) {
      var runs = runs(opened);
      if (!yes) {
        console.confirm(loss(runs));
      }
      StopCommand.mustBeWhole(new DaemonControl(opened.context()).endAll());
      var left = opened.file().locked(session -> reset(session, opened, console));
      console.print(
          left == 0
              ? "all is back as it was"
              : "all is back but " + left + (left == 1 ? " worktree" : " worktrees"));
      return left == 0 ? ExitCode.DONE : ExitCode.REFUSED;
    }
  }

  private static String loss(List<Run> runs) {
    var branches = new HashSet<String>();
    runs.forEach(run -> run.place().ifPresent(place -> branches.add(place.branch())));
    var open = runs.stream().filter(run -> !run.hasEnded()).count();
    return "%d runs (%d not ended), their worktrees and %d branches go"
        .formatted(runs.size(), open, branches.size());
  }

  private static List<Run> runs(OpenProject opened) throws IOException {
    var runs = new ArrayList<Run>();
    for (var id : opened.project().runs().ids()) {
      opened.project().runs().find(id).ifPresent(runs::add);
    }
    runs.sort(Comparator.comparing((Run run) -> run.times().claimed()).thenComparing(Run::id));
    return runs;
  }

  /// How many worktrees could not be removed.
  private static int reset(LockedTaskFile session, OpenProject opened, Console console)
      throws IOException, InterruptedException {
    putBack(session, opened);
    var left = 0;
    var runs = runs(opened);
    for (var run : runs.reversed()) {
      left += remove(run, opened, console) ? 0 : 1;
    }
    if (left == 0) {
      for (var run : runs) {
        dropBranch(run, opened);
      }
      forget(opened.project().state().root());
    }
    return left;
  }

  private static void putBack(LockedTaskFile session, OpenProject opened)
      throws IOException, InterruptedException {
    var edits = new ArrayList<Edit>();
    var document = ArchiveCommand.document(session);
    var oldest = oldest(session);
    for (var task : document.tasks()) {
      var id = task.mark().id();
      if (id.isPresent()) {
        edits.add(new Edit.Restore(task, typed(id.get(), task, oldest, opened), Optional.empty()));
      }
    }
    session.write(edits);
  }

  /// What its author had written between the brackets.
  private static String typed(String id, Task task, TaskDocument oldest, OpenProject opened)
      throws IOException {
    return opened
        .project()
        .runs()
        .find(id)
        .flatMap(run -> run.notes().marker())
        .or(() -> same(task, oldest).map(Task::marker))
        .orElse("");
  }

  private static Optional<Task> same(Task task, TaskDocument oldest) {
    return oldest.tasks().stream()
        .filter(old -> old.mark().id().isEmpty() && old.text().equals(task.text()))
        .findFirst();
  }

  private static TaskDocument oldest(LockedTaskFile session) throws IOException {
    var versions = session.versions();
    return versions.isEmpty()
        ? TaskDocument.parse(new byte[0])
        : TaskDocument.parse(Files.readAllBytes(versions.getLast().path()));
  }

  /// What is not committed is saved first; a worktree that refuses all the same is left and named.
  private static boolean remove(Run run, OpenProject opened, Console console)
      throws IOException, InterruptedException {
    var place = run.place();
    if (place.isEmpty() || !Files.exists(place.get().worktree())) {
      return true;
    }
    try {
      var worktree = opened.repository().worktree(place.get().worktree(), place.get().branch());
      var saved = worktree.save(run.id(), place.get().start());
      if (worktree.remove(Optional.of(saved)) instanceof RemoveResult.Refused(var why)) {
        console.warn(place.get().worktree() + ": left: " + why);
        return false;
      }
      return true;
    } catch (GitException e) {
      console.warn(place.get().worktree() + ": left: " + e.getMessage());
      return false;
    }
  }

  private static void dropBranch(Run run, OpenProject opened)
      throws IOException, InterruptedException {
    var branch = run.place().map(RunPlace::branch);
    var tip =
        branch.isPresent()
            ? opened.repository().findBranch(branch.get())
            : Optional.<String>empty();
    if (tip.isPresent()) {
      if (run.place().filter(place -> place.start().equals(tip.get())).isEmpty()) {
        opened.repository().keep(run.id(), tip.get());
      }
      opened.repository().tryDeleteBranch(branch.get(), tip.get());
    }
  }

  /// Everything but the lock, which must never be replaced, and who is there; nor what is kept.
  private static void forget(Path state) throws IOException {
    var kept = new LinkedHashSet<>(List.of("tasks.lock", "daemons", "daemon.log", "kept"));
    try (var entries = Files.newDirectoryStream(state)) {
      for (var entry : entries) {
        if (!kept.contains(String.valueOf(entry.getFileName()))) {
          delete(entry);
        }
      }
    }
  }

  private static void delete(Path entry) throws IOException {
    try (var tree = Files.walk(entry)) {
      for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
