package adw.cli;

import adw.flow.Models;
import java.util.List;
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
    var names = settings.models().names();
    return tags.stream()
        .filter(tag -> names.containsKey(tag) || USUAL.contains(tag))
        .findFirst()
        .map(tag -> names.getOrDefault(tag, tag));
  }
}
