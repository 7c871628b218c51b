package adw.cli;

import adw.flow.Models;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which model a task's tags ask for.
final class FlowModels {
  /// Names that agent programs themselves understand.
  static final Set<String> USUAL = Set.of("opus", "sonnet", "haiku");

  private FlowModels() {}

  static Models of(Settings settings, List<String> tags) {
    return new Models(settings.models().roles(), asked(settings, tags), Optional.empty());
  }

  private static Optional<String> asked(Settings settings, List<String> tags) {
    var models = byTag(settings);
    return tags.stream().filter(models::containsKey).findFirst().map(models::get);
  }

  /// Every tag that asks for a model.
  static Map<String, String> byTag(Settings settings) {
    var models = new HashMap<>(settings.models().names());
    USUAL.forEach(name -> models.putIfAbsent(name, name));
    return models;
  }
}
