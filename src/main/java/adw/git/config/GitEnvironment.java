package adw.git.config;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// What git code needs of the world: the environment (HOME, PATH, `GIT_CONFIG_…`) and the time.
public record GitEnvironment(Map<String, String> environment, InstantSource clock) {
  public GitEnvironment {
    environment = Map.copyOf(environment);
  }

  public Optional<Path> home() {
    return find("HOME").map(Path::of);
  }

  /// A variable that is set and not empty.
  public Optional<String> find(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isEmpty());
  }
}
