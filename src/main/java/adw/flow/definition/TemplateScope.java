package adw.flow.definition;

import adw.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the placeholders of one phase can see: the arguments, the phases that have ended, the
/// output of the one before, and the variables of a map or a loop.
public record TemplateScope(
    Json.Obj args,
    Function<String, Optional<PhaseResult>> steps,
    Optional<String> previous,
    Map<String, Json> locals) {

  public TemplateScope with(String name, Json value) {
    var more = new HashMap<>(locals);
    more.put(name, value);
    return new TemplateScope(args, steps, previous, more);
  }

  /// This scope in which a phase that has not ended yet can be seen.
  public TemplateScope withStep(String id, PhaseResult result) {
    return new TemplateScope(
        args, name -> name.equals(id) ? Optional.of(result) : steps.apply(name), previous, locals);
  }

  Optional<Json> find(Template.Reference reference) {
    var path = reference.path();
    return switch (reference.head()) {
      case "previous" ->
          path.equals(List.of("previous", "output"))
              ? previous.map(Json.Str::new)
              : Optional.empty();
      case "args" -> JsonValues.walk(args, path, 1);
      case "steps" ->
          path.size() > 2
              ? steps.apply(path.get(1)).flatMap(step -> ofStep(step, path))
              : Optional.empty();
      default ->
          Optional.ofNullable(locals.get(reference.head()))
              .flatMap(value -> JsonValues.walk(value, path, 1));
    };
  }

  private static Optional<Json> ofStep(PhaseResult step, List<String> path) {
    return switch (path.get(2)) {
      case "output" ->
          path.size() == 3 ? step.visibleOutput().map(Json.Str::new) : Optional.empty();
      case "json" -> step.visibleJson().flatMap(value -> JsonValues.walk(value, path, 3));
      default -> Optional.empty();
    };
  }
}
