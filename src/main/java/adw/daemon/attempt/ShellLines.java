package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.daemon.context.DaemonListener;
import adw.os.process.OrphanProcesses;
import adw.os.process.SupervisedProcess;
import adw.run.Outcome;
import adw.run.Run;
import adw.text.Durations;
import adw.workflow.OutputTail;
import adw.workflow.ProcessEnd;
import adw.workflow.ProcessLimits;
import adw.workflow.WorkflowProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Runs lines of `adw.toml` (set-up, verify) in a run's worktree, in order, each as a process of
/// the run; the first that fails ends it.
public final class ShellLines {
  private static final long MAX_LOG = 1L << 30;

  private final DaemonContext context;
  private final CancelRequests stopping;
  private final Kind kind;

  /// What the lines are for.
  public enum Kind {
    SET_UP("set-up", Outcome.Why.SET_UP),
    /// Set-up before there is a task. What it leaves running is its caller's to end.
    AHEAD("set-up", Outcome.Why.SET_UP),
    VERIFY("verify", Outcome.Why.VERIFY);

    private final String word;
    private final Outcome.Why why;

    Kind(String word, Outcome.Why why) {
      this.word = word;
      this.why = why;
    }
  }

  public ShellLines(DaemonContext context, CancelRequests stopping, Kind kind) {
    this.context = context;
    this.stopping = stopping;
    this.kind = kind;
  }

  /// Empty if all lines ended well.
  public Optional<Outcome> run(Run run, List<String> lines, Duration limit)
      throws IOException, InterruptedException {
    for (var i = 0; i < lines.size(); i++) {
      var failure = runLine(run, lines.get(i), i + 1, limit);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private Optional<Outcome> runLine(Run run, String line, int number, Duration limit)
      throws IOException, InterruptedException {
    var folder = freshFolder(run, kind.word + "-" + number);
    var launching = new ProcessLauncher(context);
    var argv = List.of("/bin/sh", "-c", line);
    var process =
        kind == Kind.AHEAD
            ? launching.launchAhead(run, folder, argv)
            : launching.launch(run, folder, argv);
    context.listener().reached(DaemonListener.Step.LINE_LAUNCHED);
    try (var _ = stopping.watch(run.id(), process::cancel)) {
      var ending =
          process.await(
              new ProcessLimits(limit, limit, MAX_LOG),
              kind == Kind.AHEAD ? OrphanProcesses.none() : RunProcesses.leftovers(run));
      launching.settle(run);
      return failure(run, line, folder, ending);
    }
  }

  /// The first folder in which nothing was ever started; what an earlier daemon started and left is
  /// ended.
  private Path freshFolder(Run run, String name) throws IOException, InterruptedException {
    var proc = context.state().run(run.id()).resolve("proc");
    var folder = proc.resolve(name);
    for (var again = 2;
        !(SupervisedProcess.look(folder) instanceof SupervisedProcess.NotStarted);
        again++) {
      end(run, folder);
      folder = proc.resolve(name + "-" + again);
    }
    return folder;
  }

  private static void end(Run run, Path folder) throws IOException, InterruptedException {
    var leftovers = run.place().isPresent() ? RunProcesses.leftovers(run) : OrphanProcesses.none();
    var process = WorkflowProcess.adopt(folder);
    process.cancel();
    process.await(new ProcessLimits(Duration.ZERO, Duration.ZERO, MAX_LOG), leftovers);
  }

  /// Ends every process of a run that an earlier daemon started, or was about to start.
  public static void endAll(DaemonContext context, Run run)
      throws IOException, InterruptedException {
    var proc = context.state().run(run.id()).resolve("proc");
    if (Files.isDirectory(proc)) {
      try (var folders = Files.newDirectoryStream(proc)) {
        for (var folder : folders) {
          end(run, folder);
        }
      }
    }
  }

  private Optional<Outcome> failure(Run run, String line, Path folder, ProcessEnd ending)
      throws IOException {
    return switch (ending) {
      case ProcessEnd.Exited(var code) when code == 0 -> Optional.empty();
      case ProcessEnd.Exited(var code) -> failed(line + ": " + lastError(folder, code));
      case ProcessEnd.TimedOut(var limit) ->
          failed("timed out after " + Durations.typed(limit) + ": " + line);
      case ProcessEnd.Idle(var limit) ->
          failed("no output for " + Durations.typed(limit) + ": " + line);
      case ProcessEnd.LogTooLarge _ -> failed("too much output: " + line);
      case ProcessEnd.Gone() -> failed("was killed: " + line);
      case ProcessEnd.Cancelled() ->
          stopping.find(run.id()).or(() -> Optional.of(new Outcome.Cancelled("cancelled")));
    };
  }

  private String lastError(Path folder, int code) throws IOException {
    var error = OutputTail.of(folder).inWords(context::conceal).lastError();
    return error.isBlank() ? "exit code " + code : error;
  }

  private Optional<Outcome> failed(String reason) {
    return Optional.of(new Outcome.Failed(kind.why, kind.word + " failed: " + reason));
  }
}
