package adw.git.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The hooks of a repository: executable files of certain names.
public record Hooks(Path folder) {
  public static Hooks of(RepositoryPaths place, GitConfig config, GitEnvironment world) {
    var base = place.workTree().orElse(place.commonDir());
    var own = config.findPath("core.hookspath", base, world);
    return new Hooks(own.orElse(place.commonDir().resolve("hooks")));
  }

  public Optional<Path> find(String name) throws IOException {
    var file = folder.resolve(name);
    return Files.isRegularFile(file) && Files.isExecutable(file)
        ? Optional.of(file)
        : Optional.empty();
  }

  public boolean hasAny(String... names) {
    return Stream.of(names).map(folder::resolve).anyMatch(Files::isExecutable);
  }
}
