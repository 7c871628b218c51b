package adw.cli.project;

import adw.cli.console.Caller;
import adw.workflow.WorkflowSettings;
import adw.workflow.Workflows;
import java.util.List;

/// What tags can select in a project.
final class ProjectWorkflows {
  private ProjectWorkflows() {}

  /// For who only asks.
  static Workflows of(Project project, Caller caller) {
    return of(project, caller, List.of());
  }

  /// @param flowLauncher what stands before a flow to execute it
  static Workflows of(Project project, Caller caller, List<String> flowLauncher) {
    var shelf = new FlowShelf(project, caller.environment());
    var settings = project.settings();
    var wanted =
        new WorkflowSettings(
            settings.workflow(),
            List.of(),
            flowLauncher,
            shelf.flows().names(),
            caller.environment(),
            TagModels.byTag(settings));
    var health = new FlowHealth(project, caller, shelf);
    return Workflows.of(project.root().resolve("adws"), wanted, health, health);
  }
}
