package adw.git.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// git's settings as git itself lists them for one worktree: system, person, repository, worktree,
/// environment, all includes. Keys are `section.name` or `section.Sub Section.name`, section and
/// name in lower case.
public final class GitConfig {
  private static final String FILE = "file:";

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Map<Path, Optional<Source>> sources = new LinkedHashMap<>();
  private final Set<Path> read = new LinkedHashSet<>();
  private final CommitIdentities identities;

  private GitConfig(CommitIdentities identities) {
    this.identities = identities;
  }

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

  /// One call of git.
  public static GitConfig read(GitProgram git, RepositoryPaths place, GitEnvironment world)
      throws IOException {
    var config = new GitConfig(new CommitIdentities(git, place));
    for (var file : usualFiles(place, world)) {
      config.addSource(file);
    }
    var listed = git.read(place, "config", "--list", "-z", "--show-origin", "--includes");
    config.take(listed, world);
    config.refuseUnread(git, place);
    if (config.keys().stream().anyMatch(key -> key.startsWith("includeif.onbranch:"))) {
      config.addSource(place.gitDir().resolve("HEAD"));
    }
    return config;
  }

  /// git lists no settings of a repository whose format it does not know; asked for more, it says
  /// why.
  private void refuseUnread(GitProgram git, RepositoryPaths place) throws IOException {
    var own = place.commonDir().resolve("config");
    if (Files.exists(own) && Files.size(own) > 0 && !isRead(own)) {
      git.read(place, "rev-parse", "--git-dir");
    }
  }

  private boolean isRead(Path file) throws IOException {
    for (var each : read) {
      if (Files.exists(each) && Files.isSameFile(each, file)) {
        return true;
      }
    }
    return false;
  }

  /// Where settings are looked for, whether the files exist or not.
  private static List<Path> usualFiles(RepositoryPaths place, GitEnvironment world) {
    var files = new ArrayList<>(personal(world));
    files.add(place.commonDir().resolve("config"));
    files.add(place.gitDir().resolve("config.worktree"));
    return files;
  }

  private static List<Path> personal(GitEnvironment world) {
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
  public static Optional<Path> findPersonal(GitEnvironment world, String name) {
    return world
        .find("XDG_CONFIG_HOME")
        .map(Path::of)
        .or(() -> world.home().map(home -> home.resolve(".config")))
        .map(folder -> folder.resolve("git").resolve(name));
  }

  /// `origin NUL key LF value NUL …`; a setting that was written without "=" has no LF.
  private void take(byte[] listed, GitEnvironment world) throws IOException {
    var parts = split(listed);
    for (var i = 0; i + 1 < parts.size(); i += 2) {
      var entry = parts.get(i + 1);
      var end = entry.indexOf('\n');
      var key = end < 0 ? entry : entry.substring(0, end);
      var value = end < 0 ? "true" : entry.substring(end + 1);
      values.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
      if (parts.get(i).startsWith(FILE)) {
        addSources(Path.of(parts.get(i).substring(FILE.length())), key, value, world);
      }
    }
  }

  /// An included file counts also while it is not there, or its condition does not hold.
  private void addSources(Path file, String key, String value, GitEnvironment world)
      throws IOException {
    addSource(file);
    read.add(file);
    if (key.equals("include.path") || (key.startsWith("includeif.") && key.endsWith(".path"))) {
      addSource(path(value, file.resolveSibling(""), world));
    }
  }

  private static List<String> split(byte[] listed) {
    var parts = new ArrayList<String>();
    for (int start = 0, at = 0; at < listed.length; at++) {
      if (listed[at] == 0) {
        parts.add(text(ByteBuffer.wrap(listed, start, at - start)));
        start = at + 1;
      }
    }
    return parts;
  }

  /// git takes what is no UTF-8 for Latin-1, too, when it writes a name into a commit.
  public static String text(ByteBuffer bytes) {
    try {
      return UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException e) {
      return ISO_8859_1.decode(bytes).toString();
    }
  }

  private void addSource(Path file) throws IOException {
    if (!sources.containsKey(file)) {
      sources.put(file, Source.of(file));
    }
  }

  /// All files it was read from, and those that were not there, are as they were.
  public boolean isCurrent() throws IOException {
    for (var source : sources.entrySet()) {
      if (!source.getValue().equals(Source.of(source.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /// Whether another worktree of the repository may have other settings: by a file of its own, or
  /// by a condition on its place or branch.
  public boolean isOfOneWorktree() {
    return isOn("extensions.worktreeconfig", false)
        || keys().stream().anyMatch(key -> key.startsWith("includeif."));
  }

  public GitPerson author() throws IOException {
    return findAuthor()
        .orElseGet(() -> CommitIdentities.partly(CommitIdentities.Role.AUTHOR, this));
  }

  public GitPerson committer() throws IOException {
    return identities
        .find(CommitIdentities.Role.COMMITTER)
        .orElseGet(() -> CommitIdentities.partly(CommitIdentities.Role.COMMITTER, this));
  }

  /// As git would write it; none where git would refuse to commit for want of a name.
  public Optional<GitPerson> findAuthor() throws IOException {
    return identities.find(CommitIdentities.Role.AUTHOR);
  }

  public Set<String> keys() {
    return values.keySet();
  }

  List<String> all(String key) {
    return values.getOrDefault(key, List.of());
  }

  public Optional<String> find(String key) {
    var all = all(key);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  public boolean isOn(String key, boolean unset) {
    return find(key).map(GitConfig::isTrue).orElse(unset);
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
  public Optional<Path> findPath(String key, Path base, GitEnvironment world) {
    return find(key).filter(value -> !value.isEmpty()).map(value -> path(value, base, world));
  }

  private static Path path(String value, Path base, GitEnvironment world) {
    return value.startsWith("~/") && world.home().isPresent()
        ? world.home().get().resolve(value.substring(2))
        : base.resolve(value);
  }
}
