package adw.workflow;

import adw.os.process.ProgramPath;
import adw.workflow.Selection.Unusable;
import java.util.Map;
import java.util.Optional;

/// The simplest probe: is the agent program, or the interpreter of a script, on the PATH?
public final class AgentOnPath implements WorkflowProbe {
  private final Map<String, String> environment;

  public AgentOnPath(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Optional<Unusable> findObstacle(Workflow workflow, Optional<String> agent) {
    return switch (workflow.kind()) {
      case Workflow.Kind.AgentProgram(var argv) ->
          missing(argv.getFirst(), "no agent found: ", "install it, or tag #sh");
      case Workflow.Kind.Program(_, var launcher) when !launcher.isEmpty() ->
          missing(launcher.getFirst(), workflow.name() + ": ", "install it");
      case Workflow.Kind.Program _, Workflow.Kind.Shell _, Workflow.Kind.Flow _ -> Optional.empty();
    };
  }

  private Optional<Unusable> missing(String program, String before, String cure) {
    return ProgramPath.find(program, environment).isPresent()
        ? Optional.empty()
        : Optional.of(new Unusable(before + program + " is not on the PATH", cure));
  }
}
