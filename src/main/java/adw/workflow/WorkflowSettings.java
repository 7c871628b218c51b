package adw.workflow;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// How workflows are found.
///
/// @param byDefault the workflow of a task without a workflow's tag
/// @param agent argv of the agent program that `adw_build` runs; empty if there is none
/// @param flowLauncher what stands before a flow's file or name to execute it
/// @param builtInFlows names of the flows that need no file
/// @param environment the daemon's own; its PATH finds programs
/// @param models the models that tags ask for
public record WorkflowSettings(
    String byDefault,
    List<String> agent,
    List<String> flowLauncher,
    Set<String> builtInFlows,
    Map<String, String> environment,
    Map<String, String> models) {
  public static final String USUAL_DEFAULT = "adw_build";

  public WorkflowSettings {
    agent = List.copyOf(agent);
    flowLauncher = List.copyOf(flowLauncher);
    builtInFlows = Set.copyOf(builtInFlows);
    environment = Map.copyOf(environment);
    models = Map.copyOf(models);
  }

  public WorkflowSettings(
      String byDefault,
      List<String> agent,
      List<String> flowLauncher,
      Set<String> builtInFlows,
      Map<String, String> environment) {
    this(byDefault, agent, flowLauncher, builtInFlows, environment, Map.of());
  }
}
