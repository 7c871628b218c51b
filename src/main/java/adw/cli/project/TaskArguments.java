package adw.cli.project;

import adw.flow.definition.Flow;
import adw.flow.definition.FlowArguments;
import adw.json.Json;
import java.util.List;

/// What a flow can ask of the task that it works for: `{args.task}` and the like. One argument that
/// a flow requires under a name of its own is the task's text.
public final class TaskArguments {
  private TaskArguments() {}

  /// The arguments that only a person could give.
  static List<String> missing(Flow flow) {
    return flow.args().entrySet().stream()
        .filter(arg -> arg.getValue().isRequired() && arg.getValue().byDefault().isEmpty())
        .map(arg -> arg.getKey())
        .filter(name -> !FlowArguments.OF_TASKS.contains(name))
        .toList();
  }

  /// @param values of the names that every task has
  public static Json.Obj of(Flow flow, Json.Obj values) {
    var missing = missing(flow);
    if (missing.size() != 1) {
      return values;
    }
    var body = values.text("body");
    return values.with(
        missing.getFirst(), values.text("task") + (body.isEmpty() ? "" : "\n\n" + body));
  }
}
