package adw.flow.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The roles that a flow can name. Later ones replace earlier ones of the same name; the first of
/// all plays the phases that name none.
public final class RoleFolders {
  public static final List<String> BUILT_IN =
      List.of(
          "analyst",
          "critic",
          "doc-writer",
          "executor-code",
          "executor-fast",
          "executor-ui",
          "executor",
          "final-arbiter",
          "plan-arbiter",
          "planner",
          "recover",
          "reviewer",
          "risk-reviewer",
          "scout",
          "security-reviewer",
          "test-engineer",
          "verifier",
          "visual-explorer");

  /// The built-in ones that were asked for.
  private static final Map<String, Role> READ = new ConcurrentHashMap<>();

  private static final int BIGGEST_FILE = 1 << 20;

  /// A built-in one is read when it is asked for: most flows need one or two of them.
  private final SequencedMap<String, Supplier<Role>> roles;

  private final Optional<String> byDefault;

  private RoleFolders(SequencedMap<String, Supplier<Role>> roles, Optional<String> byDefault) {
    this.roles = roles;
    this.byDefault = byDefault;
  }

  /// @param project `adws/agents` of the repository
  /// @param user `~/.config/adw/agents`
  /// @param byDefault played where a phase names no role; without it the first of all
  public record Folders(Path project, Path user, Optional<String> byDefault) {
    public Folders(Path project, Path user) {
      this(project, user, Optional.empty());
    }

    public Folders playing(Optional<String> role) {
      return new Folders(project, user, role);
    }

    /// The built-in roles and those that the scope `user`, `project` or `both` adds.
    public RoleFolders in(String scope) throws IOException {
      var roles = builtIn();
      if (!scope.equals("project")) {
        add(roles, user);
      }
      if (!scope.equals("user")) {
        add(roles, project);
      }
      return new RoleFolders(roles, byDefault);
    }
  }

  private static SequencedMap<String, Supplier<Role>> builtIn() {
    var roles = new LinkedHashMap<String, Supplier<Role>>();
    for (var name : BUILT_IN) {
      roles.put(
          name,
          () -> READ.computeIfAbsent(name, known -> Role.parse(builtInText(known)).orElseThrow()));
    }
    return roles;
  }

  /// A built-in role as it is written, for `adw init --workflows`.
  public static String builtInText(String name) {
    return resource("roles/" + name + ".md");
  }

  static String resource(String name) {
    try (var in = RoleFolders.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(SequencedMap<String, Supplier<Role>> roles, Path folder)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (var file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
        if (Files.isRegularFile(file) && Files.size(file) < BIGGEST_FILE) {
          Role.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
              .ifPresent(role -> roles.put(role.name(), () -> role));
        }
      }
    }
  }

  public List<Role> all() {
    return roles.values().stream().map(Supplier::get).toList();
  }

  public java.util.Set<String> names() {
    return roles.sequencedKeySet();
  }

  public Optional<Role> find(String name) {
    return Optional.ofNullable(roles.get(name)).map(Supplier::get);
  }

  /// The named role, or the default one for an unknown name or none.
  public Role playing(Optional<String> name) {
    return name.flatMap(this::find)
        .or(() -> byDefault.flatMap(this::find))
        .orElseGet(() -> roles.firstEntry().getValue().get());
  }
}
