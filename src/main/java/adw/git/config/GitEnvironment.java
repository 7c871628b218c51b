package adw.git.config;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What git code needs of the world: the environment (HOME, PATH, `GIT_CONFIG_…`) and the time.
public record GitEnvironment(Map<String, String> environment, InstantSource clock) {
  /// What a hook or another git has set for itself: it would lead git to another repository, index
  /// or history (`git rev-parse --local-env-vars`, without the settings that a person may make so).
  /// Whatever adw starts gets none of it.
  public static final Set<String> FOREIGN =
      Set.of(
          "GIT_ALTERNATE_OBJECT_DIRECTORIES",
          "GIT_COMMON_DIR",
          "GIT_DIR",
          "GIT_GRAFT_FILE",
          "GIT_IMPLICIT_WORK_TREE",
          "GIT_INDEX_FILE",
          "GIT_LITERAL_PATHSPECS",
          "GIT_NAMESPACE",
          "GIT_NO_REPLACE_OBJECTS",
          "GIT_OBJECT_DIRECTORY",
          "GIT_PREFIX",
          "GIT_QUARANTINE_PATH",
          "GIT_REFLOG_ACTION",
          "GIT_REPLACE_REF_BASE",
          "GIT_SHALLOW_FILE",
          "GIT_WORK_TREE");

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
