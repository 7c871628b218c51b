package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.os.process.OrphanProcesses;
import adw.run.Run;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Where the processes of a run leave what is known of them: a folder for each round of its
/// workflow, `proc/<n>` in the run's own.
public final class RunProcesses {
  static final String RESULT = "result";
  static final String RESULT_FILE = "result.json";

  private RunProcesses() {}

  static Path folder(DaemonContext context, String run, int round) {
    return context.state().run(run).resolve("proc").resolve(Integer.toString(round));
  }

  /// Number of the last process of its workflow; 0 if there was none.
  public static int lastRound(DaemonContext context, String run) {
    var proc = context.state().run(run).resolve("proc");
    var round = 0;
    while (Files.isDirectory(proc.resolve(Integer.toString(round + 1)))) {
      round++;
    }
    return round;
  }

  /// Where the workflow of that round reports.
  static Path result(DaemonContext context, String run, int round) {
    var folder = folder(context, run, round);
    return Files.isDirectory(folder.resolve(RESULT), LinkOption.NOFOLLOW_LINKS)
        ? programResult(folder)
        : flowResult(context, run);
  }

  static Path programResult(Path folder) {
    return folder.resolve(RESULT).resolve(RESULT_FILE);
  }

  static Path flowResult(DaemonContext context, String run) {
    return context.state().run(run).resolve(RESULT_FILE);
  }

  /// What they may leave behind in the run's worktree.
  static OrphanProcesses leftovers(Run run) {
    return OrphanProcesses.of(run.id(), run.place().orElseThrow().worktree());
  }
}
