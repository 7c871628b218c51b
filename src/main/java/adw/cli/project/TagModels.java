package adw.cli.project;

import adw.cli.settings.Settings;
import adw.flow.definition.ModelChoice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which model a task's tags ask for.
public final class TagModels {
  /// Names that agent programs themselves understand.
  static final Set<String> USUAL = Set.of("opus", "sonnet", "haiku");

  private TagModels() {}

  public static ModelChoice of(Settings settings, List<String> tags) {
    return new ModelChoice(settings.models().roles(), asked(settings, tags), Optional.empty());
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
