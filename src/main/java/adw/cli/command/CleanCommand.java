package adw.cli.command;

import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.NoticeListener;
import adw.cli.project.OpenProject;
import adw.cli.project.Project;
import adw.daemon.attempt.PoolFiller;
import adw.daemon.attempt.ReadyLeftovers;
import adw.git.RemoveResult;
import adw.git.SavedWorkRef;
import adw.run.Run;
import adw.run.RunPlace;
import adw.run.RunStore;
import adw.status.MergedRuns;
import adw.text.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "clean",
    description = {
      "remove worktrees of merged and discarded runs; their branches stay",
      "A worktree with work that is saved nowhere is left, and named."
    },
    footer = {"", "Example: adw clean && adw clean --saved 30d"})
public final class CleanCommand extends PicocliCommand {
  @Option(
      names = "--saved",
      paramLabel = "TIME",
      description = "list saved work under refs/adw older than this; --yes drops it")
  Optional<String> saved = Optional.empty();

  @Option(
      names = {"-y", "--yes"},
      description = "drop it without asking")
  boolean yes;

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    try (var opened =
        OpenProject.open(Project.find(console), console.caller(), new NoticeListener(console))) {
      if (saved.isPresent()) {
        dropSaved(opened, saved.get(), console);
      } else {
        removeWorktrees(opened, console);
        clearReady(opened, console);
      }
    }
    return ExitCode.DONE;
  }

  private static void removeWorktrees(OpenProject opened, Console console)
      throws IOException, InterruptedException {
    var removed = new ArrayList<RemovalLog.Removal>();
    var settled = settled(opened);
    for (var run : settled) {
      var place = run.place().orElseThrow();
      switch (opened
          .repository()
          .worktree(place.worktree(), place.branch())
          .remove(Optional.empty())) {
        case RemoveResult.Removed() -> {
          removed.add(RemovalLog.Removal.of(run));
          console.print("removed " + place.worktree() + " (branch " + place.branch() + " stays)");
        }
        case RemoveResult.Refused(var why) ->
            console.print("left " + place.worktree() + ": " + why);
      }
    }
    if (settled.isEmpty()) {
      console.print("no worktree to remove: runs that await review keep theirs");
    }
    if (!removed.isEmpty()) {
      new RemovalLog(opened.project()).add(removed, console.caller().clock().instant());
    }
  }

  /// Those that an adw run which was killed had made ahead.
  private static void clearReady(OpenProject opened, Console console)
      throws IOException, InterruptedException {
    var cleared = ReadyLeftovers.clear(opened.context());
    for (var folder : cleared.removed()) {
      console.print("removed " + folder + " (made ahead, never used)");
    }
    for (var folder : cleared.left()) {
      console.print("left " + PoolFiller.stays(folder));
    }
  }

  /// Of each worktree that nobody needs any more the last of its runs: one of a scope has many.
  private static List<Run> settled(OpenProject opened) throws IOException, InterruptedException {
    var merged =
        MergedRuns.into(opened.repository(), opened.project().settings().loop().worktrees().base());
    var settled = new ArrayList<Run>();
    for (var runs : byWorktree(opened.project().runs()).values()) {
      if (merged.areSettled(runs)) {
        settled.add(
            runs.stream().max(Comparator.comparing(run -> run.times().claimed())).orElseThrow());
      }
    }
    return settled;
  }

  private static Map<Path, List<Run>> byWorktree(RunStore runs) throws IOException {
    var all = new TreeMap<Path, List<Run>>();
    for (var id : runs.ids()) {
      var run = runs.find(id);
      var folder = run.flatMap(Run::place).map(RunPlace::worktree).filter(Files::exists);
      folder.ifPresent(
          path -> all.computeIfAbsent(path, _ -> new ArrayList<>()).add(run.orElseThrow()));
    }
    return all;
  }

  private void dropSaved(OpenProject opened, String age, Console console)
      throws IOException, InterruptedException {
    var old = old(opened, age, console);
    for (var kept : old) {
      console.print(kept.time() + "  " + kept.name());
    }
    if (old.isEmpty()) {
      console.print("no saved work is older than " + age);
      return;
    }
    if (!yes) {
      console.confirm(old.size() + " refs with saved work are dropped for good");
    }
    for (var kept : old) {
      if (!opened.repository().tryDrop(kept)) {
        console.warn(kept.name() + ": has changed meanwhile, left");
      }
    }
  }

  private static List<SavedWorkRef> old(OpenProject opened, String age, Console console)
      throws IOException {
    var duration =
        Durations.findDuration(age)
            .orElseThrow(() ->
                new CliException(ExitCode.USAGE, "clean: --saved " + age + ": expected 30d, 12h"));
    var end = console.caller().clock().instant().minus(duration);
    return opened.repository().keptWork().stream()
        .filter(kept -> kept.time().isBefore(end))
        .toList();
  }
}
