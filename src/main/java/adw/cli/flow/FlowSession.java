package adw.cli.flow;

import adw.agent.BudgetedAgent;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.AgentCast;
import adw.cli.project.FlowWiring;
import adw.cli.project.ProjectAgents;
import adw.cli.project.TagModels;
import adw.flow.run.FlowEngine;
import adw.flow.run.FlowOutcome;
import adw.flow.run.FlowRecordPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One run of a flow outside a task.
final class FlowSession {
  private FlowSession() {}

  static FlowEngine open(FlowFinder finder, FlowRecordPlace place, FlowDisplay showing)
      throws IOException {
    var environment = environment(finder, place);
    return stage(finder, finder.console().directory(), environment, showing).engine(showing);
  }

  /// What programs of a run see around them.
  static Map<String, String> environment(FlowFinder finder, FlowRecordPlace place) {
    var environment = new HashMap<>(finder.console().caller().environment());
    environment.putAll(place.mark());
    environment.put("ADW_RUN_ID", place.runId());
    environment.putIfAbsent(BudgetedAgent.GROUP, place.runId());
    return environment;
  }

  static FlowWiring stage(
      FlowFinder finder, Path directory, Map<String, String> environment, FlowDisplay showing)
      throws IOException {
    var caller = finder.console().caller();
    var project = finder.project();
    var budgets = FlowWiring.budgets(project, caller, List.of());
    var cast = new AgentCast(new ProjectAgents(project, caller), budgets, Optional.empty(), false);
    var models = TagModels.of(project.settings(), List.of());
    return new FlowWiring(project, caller, directory, environment, cast, showing, models);
  }

  static ExitCode report(
      FlowOutcome ended,
      FlowRecordPlace place,
      FlowDisplay showing,
      boolean json,
      Console console) {
    var status = ended.status().name().toLowerCase(Locale.ROOT);
    showing.end(status);
    if (json) {
      console.print(ended.toJson(Optional.of(place.runId())));
    } else {
      console.print(ended.finalOutput());
      ended
          .waiting()
          .forEach(wait -> console.note("waits for " + wait.what().word() + ": " + wait.message()));
      if (ended.status() != FlowOutcome.Status.COMPLETED) {
        console.note(status + ": adw flow resume " + place.runId());
      }
    }
    return switch (ended.status()) {
      case COMPLETED -> ExitCode.DONE;
      case FAILED, BLOCKED -> ExitCode.FAILED;
      case PAUSED -> ExitCode.WAITING;
    };
  }
}
