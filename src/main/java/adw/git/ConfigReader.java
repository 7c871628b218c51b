package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads git's settings in git's order, following `include`; the later value wins.
final class ConfigReader {
  // git's own limit
  private static final int MAX_DEPTH = 10;

  private final Location place;
  private final Surroundings world;
  private final Config config = new Config();

  ConfigReader(Location place, Surroundings world) {
    this.place = place;
    this.world = world;
  }

  Config read() throws IOException {
    for (var file : personal(world)) {
      readFile(file, 0);
    }
    readFile(place.commonDir().resolve("config"), 0);
    if (config.isOn("extensions.worktreeconfig", false)) {
      readFile(place.gitDir().resolve("config.worktree"), 0);
    }
    readEnvironment();
    return config;
  }

  /// The files of the machine and of the person, whether they exist or not.
  static List<Path> personal(Surroundings world) {
    var files = new ArrayList<Path>();
    if (world.find("GIT_CONFIG_NOSYSTEM").isEmpty()) {
      files.add(Path.of(world.find("GIT_CONFIG_SYSTEM").orElse("/etc/gitconfig")));
    }
    var global = world.environment().get("GIT_CONFIG_GLOBAL");
    if (global != null) {
      files.add(Path.of(global.isEmpty() ? "/dev/null" : global));
      return files;
    }
    findPersonal(world, "config").ifPresent(files::add);
    world.home().ifPresent(home -> files.add(home.resolve(".gitconfig")));
    return files;
  }

  /// `$XDG_CONFIG_HOME/git/NAME`, else `~/.config/git/NAME`.
  static Optional<Path> findPersonal(Surroundings world, String name) {
    return world
        .find("XDG_CONFIG_HOME")
        .map(Path::of)
        .or(() -> world.home().map(home -> home.resolve(".config")))
        .map(folder -> folder.resolve("git").resolve(name));
  }

  private void readFile(Path file, int depth) throws IOException {
    config.addSource(file);
    if (depth > MAX_DEPTH || !Files.isReadable(file) || Files.isDirectory(file)) {
      return;
    }
    var entries = new ArrayList<String[]>();
    new ConfigText(Files.readString(file, UTF_8))
        .forEach((key, value) -> entries.add(new String[] {key, value}));
    for (var entry : entries) {
      take(entry[0], entry[1], file, depth);
    }
  }

  private void take(String key, String value, Path file, int depth) throws IOException {
    config.add(key, value);
    if (key.equals("include.path")) {
      readFile(Config.path(value, file.resolveSibling(""), world), depth + 1);
    } else if (key.startsWith("includeif.") && key.endsWith(".path")) {
      config.addCondition(key.substring("includeif.".length(), key.length() - ".path".length()));
    }
  }

  private void readEnvironment() {
    if (world.find("GIT_CONFIG_PARAMETERS").isPresent()) {
      config.addCondition("GIT_CONFIG_PARAMETERS");
    }
    var count = Integer.parseInt(world.find("GIT_CONFIG_COUNT").orElse("0"));
    for (var i = 0; i < count; i++) {
      config.add(
          world.find("GIT_CONFIG_KEY_" + i).orElse("").toLowerCase(Locale.ROOT),
          world.find("GIT_CONFIG_VALUE_" + i).orElse(""));
    }
  }
}
