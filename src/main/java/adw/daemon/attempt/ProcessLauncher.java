package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.os.NewFolders;
import adw.os.process.Supervisor;
import adw.run.Run;
import adw.run.TaskSnapshot;
import adw.workflow.RunEnvironment;
import adw.workflow.RunFacts;
import adw.workflow.Selection;
import adw.workflow.Workflow;
import adw.workflow.WorkflowProcess;
import adw.workflow.Workflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Starts the processes of a run: its workflow, set-up lines and checks.
final class ProcessLauncher {
  private static final Path NO_INPUT = Path.of("/dev/null");

  private final DaemonContext context;

  ProcessLauncher(DaemonContext context) {
    this.context = context;
  }

  /// The workflow itself. What an earlier round reported is no report of this one.
  WorkflowProcess launch(Run run, Path folder) throws IOException, InterruptedException {
    Files.deleteIfExists(RunProcesses.flowResult(context, run.id()));
    makeBelowState(folder);
    return switch (context.workflows().select(wish(run.order()))) {
      case Selection.Chosen(var workflow) when workflow.kind() instanceof Workflow.Kind.Flow ->
          launchFlow(run, folder, workflow.argv(folder));
      case Selection.Chosen(var workflow) -> launchProgram(run, folder, workflow.argv(folder));
      case Selection.Unusable(var why, var cure) ->
          launchProgram(run, folder, saying(why + " (" + cure + ")"));
    };
  }

  private static List<String> saying(String why) {
    return List.of("/bin/sh", "-c", "printf '%s\\n' \"$1\" >&2; exit 127", "adw", why);
  }

  /// A flow is a program of ours: it writes the run's record, and what it starts it encloses.
  private WorkflowProcess launchFlow(Run run, Path folder, List<String> argv) throws IOException {
    var environment = environment(run, RunProcesses.flowResult(context, run.id()));
    return start(run, folder, argv, environment, prompt(run));
  }

  /// Any other reports in a folder that holds nothing else.
  private WorkflowProcess launchProgram(Run run, Path folder, List<String> argv)
      throws IOException, InterruptedException {
    NewFolders.make(folder.resolve(RunProcesses.RESULT));
    var environment = environment(run, RunProcesses.programResult(folder));
    return start(run, folder, enclosed(run, argv, environment), environment, prompt(run));
  }

  /// A line of the settings.
  WorkflowProcess launch(Run run, Path folder, List<String> argv)
      throws IOException, InterruptedException {
    makeBelowState(folder);
    var environment = environment(run, RunProcesses.flowResult(context, run.id()));
    return start(run, folder, enclosed(run, argv, environment), environment, prompt(run));
  }

  /// The same for a run that has no task yet: there is nothing to be read or known of it.
  WorkflowProcess launchAhead(Run run, Path folder, List<String> argv)
      throws IOException, InterruptedException {
    makeBelowState(folder);
    var environment = environment(run, RunProcesses.flowResult(context, run.id()));
    var known = RunEnvironment.withoutTask(environment);
    return start(run, folder, enclosed(run, argv, environment), known, NO_INPUT);
  }

  private void makeBelowState(Path folder) throws IOException {
    NewFolders.makeBelow(context.state().root(), folder);
  }

  private static Workflows.Wish wish(TaskSnapshot order) {
    return new Workflows.Wish(order.tags(), order.text(), order.body(), order.wishes().agent());
  }

  /// What it started has ended.
  void settle(Run run) throws IOException, InterruptedException {
    var world = context.world();
    world.enclosure().settle(run.place().orElseThrow().worktree(), world.environment());
  }

  /// All that it may write has to be there before.
  private List<String> enclosed(Run run, List<String> argv, Map<String, String> environment)
      throws IOException, InterruptedException {
    NewFolders.make(context.state().run(run.id()).resolve("tmp"));
    var worktree = run.place().orElseThrow().worktree();
    return context.world().enclosure().wrap(argv, worktree, environment);
  }

  private Path prompt(Run run) throws IOException {
    return new PromptFile(context).write(run);
  }

  private static WorkflowProcess start(
      Run run, Path folder, List<String> argv, Map<String, String> environment, Path input)
      throws IOException {
    var worktree = run.place().orElseThrow().worktree();
    return WorkflowProcess.launch(folder, new Supervisor.Job(argv, worktree, environment, input));
  }

  private Map<String, String> environment(Run run, Path result) {
    var place = run.place().orElseThrow();
    var runDir = context.state().run(run.id());
    var order = run.order();
    return RunEnvironment.of(
        context.world().environment(),
        new RunFacts(
            run.id(),
            new RunFacts.Asked(
                order.text(), order.tags(), order.wishes().model(), order.wishes().agent()),
            place.branch(),
            place.base(),
            new RunFacts.Places(
                place.worktree(), context.checkout(), runDir, result, runDir.resolve("tmp")),
            place.port()));
  }
}
