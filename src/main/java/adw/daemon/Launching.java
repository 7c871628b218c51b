package adw.daemon;

import adw.os.Supervisor;
import adw.run.Order;
import adw.run.Place;
import adw.run.Run;
import adw.workflow.RunEnvironment;
import adw.workflow.RunFacts;
import adw.workflow.Selection;
import adw.workflow.WorkflowProcess;
import adw.workflow.Workflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Starts the processes of a run: its workflow, set-up lines and checks.
final class Launching {
  private final Site site;

  Launching(Site site) {
    this.site = site;
  }

  /// The workflow itself. What an earlier round reported is no report of this one.
  WorkflowProcess launch(Run run, Path folder) throws IOException {
    Files.deleteIfExists(site.state().run(run.id()).resolve("result.json"));
    var order = run.order();
    var argv =
        switch (site.workflows().select(wish(order))) {
          case Selection.Chosen(var workflow) -> workflow.argv(folder);
          case Selection.Unusable(var why, var cure) ->
              List.of(
                  "/bin/sh",
                  "-c",
                  "printf '%s\\n' \"$1\" >&2; exit 127",
                  "adw",
                  why + " (" + cure + ")");
        };
    return launch(run, folder, argv);
  }

  private static Workflows.Wish wish(Order order) {
    return new Workflows.Wish(order.tags(), order.text(), order.body(), order.agent());
  }

  WorkflowProcess launch(Run run, Path folder, List<String> argv) throws IOException {
    var place = run.place().orElseThrow();
    Files.createDirectories(folder);
    var prompt = new Prompts(site).write(run);
    var job = new Supervisor.Job(argv, place.worktree(), environment(run, place), prompt);
    return WorkflowProcess.launch(folder, job);
  }

  private Map<String, String> environment(Run run, Place place) {
    var runDir = site.state().run(run.id());
    var order = run.order();
    return RunEnvironment.of(
        site.world().environment(),
        new RunFacts(
            run.id(),
            order.text(),
            order.tags(),
            order.model(),
            order.agent(),
            place.branch(),
            place.base(),
            new RunFacts.Places(
                place.worktree(),
                site.checkout(),
                runDir,
                runDir.resolve("result.json"),
                runDir.resolve("tmp")),
            place.port()));
  }
}
