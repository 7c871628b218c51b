package adw.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// git's settings as they hold in one worktree: system, person, repository, worktree, environment.
/// Keys are `section.name` or `section.Sub Section.name`, section and name in lower case.
final class Config {
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Set<String> conditions = new TreeSet<>();

  private final Map<Path, Optional<Source>> sources = new LinkedHashMap<>();

  /// By what a change of a file is seen.
  private record Source(FileTime time, long size, @Nullable Object key) {
    static Optional<Source> of(Path file) throws IOException {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      var state = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new Source(state.lastModifiedTime(), state.size(), state.fileKey()));
    }
  }

  static Config read(Location place, Surroundings world) throws IOException {
    return new ConfigReader(place, world).read();
  }

  void addSource(Path file) throws IOException {
    sources.put(file, Source.of(file));
  }

  /// All files it was read from, and those that were not there, are as they were.
  boolean isCurrent() throws IOException {
    for (var source : sources.entrySet()) {
      if (!source.getValue().equals(Source.of(source.getKey()))) {
        return false;
      }
    }
    return true;
  }

  void add(String key, String value) {
    values.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
  }

  /// A condition of an `includeIf` that only git itself can judge.
  void addCondition(String condition) {
    conditions.add(condition);
  }

  Set<String> conditions() {
    return conditions;
  }

  Set<String> keys() {
    return values.keySet();
  }

  List<String> all(String key) {
    return values.getOrDefault(key, List.of());
  }

  Optional<String> find(String key) {
    var all = all(key);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  boolean isOn(String key, boolean unset) {
    return find(key).map(Config::isTrue).orElse(unset);
  }

  /// A setting written without "=" is read as "true".
  private static boolean isTrue(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off", "" -> false;
      default -> !value.matches("[+-]?0+");
    };
  }

  /// A setting that is a path: `~/` is the home folder, anything else is relative to `base`.
  Optional<Path> findPath(String key, Path base, Surroundings world) {
    return find(key).filter(value -> !value.isEmpty()).map(value -> path(value, base, world));
  }

  static Path path(String value, Path base, Surroundings world) {
    return value.startsWith("~/") && world.home().isPresent()
        ? world.home().get().resolve(value.substring(2))
        : base.resolve(value);
  }
}
