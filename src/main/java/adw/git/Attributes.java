package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.AttributesNode;
import org.eclipse.jgit.attributes.AttributesRule;
import org.jspecify.annotations.Nullable;

/// The attributes that hold in one folder: its own `.gitattributes` above its parents', the
/// person's and the machine's below, `info/attributes` above all. Only line ends are our business;
/// what asks for more is unfit for us.
final class Attributes {
  private static final String MACRO = "[attr]";

  private final @Nullable Attributes below;
  private final String folder;
  private final List<AttributesRule> rules;
  private final Map<String, List<Attribute>> macros;
  private final Scope scope;

  /// What is the same in the whole repository.
  private record Scope(Config config, List<AttributesRule> info) {}

  private Attributes(
      @Nullable Attributes below,
      String folder,
      List<AttributesRule> rules,
      Map<String, List<Attribute>> macros,
      Scope scope) {
    this.below = below;
    this.folder = folder;
    this.rules = rules;
    this.macros = macros;
    this.scope = scope;
  }

  /// Those outside the tree of files.
  static Attributes outer(Location place, Config config, Surroundings world)
      throws IOException, UnfitException {
    var macros = new HashMap<String, List<Attribute>>();
    macros.put("binary", List.of(new Attribute("text", Attribute.State.UNSET)));
    var rules = new ArrayList<AttributesRule>();
    for (var file : files(place, config, world)) {
      rules.addAll(read(file, macros));
    }
    var info = read(place.commonDir().resolve("info").resolve("attributes"), macros);
    return new Attributes(null, "", rules, macros, new Scope(config, info));
  }

  private static List<Path> files(Location place, Config config, Surroundings world) {
    var files = new ArrayList<Path>();
    if (world.find("GIT_ATTR_NOSYSTEM").isEmpty()) {
      files.add(Path.of("/etc/gitattributes"));
    }
    config
        .findPath("core.attributesfile", place.commonDir(), world)
        .or(() -> ConfigReader.findPersonal(world, "attributes"))
        .ifPresent(files::add);
    return files;
  }

  private static List<AttributesRule> read(Path file, Map<String, List<Attribute>> macros)
      throws IOException, UnfitException {
    return Files.isRegularFile(file) ? parse(Files.readAllBytes(file), macros) : List.of();
  }

  /// Those of a folder ("" or "a/b/") with this `.gitattributes`.
  Attributes in(String path, byte[] content) throws IOException, UnfitException {
    var known = new HashMap<>(macros);
    var rules = parse(content, known);
    // git takes macros from the top folder only.
    return new Attributes(this, path, rules, path.isEmpty() ? known : macros, scope);
  }

  private static List<AttributesRule> parse(byte[] content, Map<String, List<Attribute>> macros)
      throws IOException, UnfitException {
    refuseUnreadable(content);
    var node = new AttributesNode();
    node.parse(new ByteArrayInputStream(content));
    var rules = new ArrayList<AttributesRule>();
    for (var rule : node.getRules()) {
      refuseUnknown(rule);
      if (rule.getPattern().startsWith(MACRO)) {
        macros.put(rule.getPattern().substring(MACRO.length()), rule.getAttributes());
      } else {
        rules.add(rule);
      }
    }
    return rules;
  }

  /// Quoted patterns and negated ones are read differently here and there.
  private static void refuseUnreadable(byte[] content) throws UnfitException {
    for (var line : new String(content, UTF_8).lines().toList()) {
      if (line.stripLeading().startsWith("\"") || line.stripLeading().startsWith("!")) {
        throw new UnfitException("a .gitattributes with quoted patterns");
      }
    }
  }

  private static void refuseUnknown(AttributesRule rule) throws UnfitException {
    for (var attribute : rule.getAttributes()) {
      var on =
          attribute.getState() == Attribute.State.SET
              || attribute.getState() == Attribute.State.CUSTOM;
      switch (attribute.getKey()) {
        case "filter", "ident", "working-tree-encoding" -> {
          if (on) {
            throw new UnfitException("the attribute " + attribute.getKey());
          }
        }
        default -> {}
      }
    }
  }

  /// Whether any file can come out of a checkout with other bytes than its blob's.
  boolean mayWriteReturns() {
    if (Eol.returnsByConfig(scope.config)) {
      return true;
    }
    return asksForReturns(scope.info)
        || asksForReturns(rules)
        || macros.values().stream().anyMatch(Attributes::hasReturns)
        || (below != null && below.mayWriteReturns());
  }

  private static boolean asksForReturns(List<AttributesRule> rules) {
    return rules.stream().anyMatch(rule -> hasReturns(rule.getAttributes()));
  }

  private static boolean hasReturns(List<Attribute> attributes) {
    return attributes.stream()
        .anyMatch(each -> each.getKey().equals("eol") && "crlf".equalsIgnoreCase(each.getValue()));
  }

  /// What holds for a file of this folder or one below without attributes of its own.
  Eol eol(byte[] file) {
    var path = new String(file, UTF_8);
    var found = new HashMap<String, Attribute>();
    collect(path, found);
    collect(scope.info, path, found);
    return Eol.of(text(found), custom(found, "eol"), scope.config);
  }

  private void collect(String path, Map<String, Attribute> found) {
    if (below != null) {
      below.collect(path, found);
    }
    collect(rules, path.substring(folder.length()), found);
  }

  private void collect(List<AttributesRule> from, String path, Map<String, Attribute> found) {
    for (var rule : from) {
      if (rule.isMatch(path, false)) {
        rule.getAttributes().forEach(attribute -> put(attribute, found));
      }
    }
  }

  private void put(Attribute attribute, Map<String, Attribute> found) {
    found.put(attribute.getKey(), attribute);
    var macro = macros.get(attribute.getKey());
    if (macro != null && attribute.getState() == Attribute.State.SET) {
      macro.forEach(each -> put(each, found));
    }
  }

  private static Optional<String> text(Map<String, Attribute> found) {
    return value(found.get("text")).or(() -> value(found.get("crlf")));
  }

  private static Optional<String> value(@Nullable Attribute attribute) {
    if (attribute == null) {
      return Optional.empty();
    }
    return switch (attribute.getState()) {
      case SET -> Optional.of("set");
      case UNSET -> Optional.of("unset");
      case UNSPECIFIED -> Optional.empty();
      case CUSTOM ->
          Optional.ofNullable(attribute.getValue())
              .filter(value -> value.equals("auto") || value.equals("input"));
    };
  }

  private static Optional<String> custom(Map<String, Attribute> found, String key) {
    return Optional.ofNullable(found.get(key))
        .filter(attribute -> attribute.getState() == Attribute.State.CUSTOM)
        .map(Attribute::getValue)
        .filter(value -> value.equals("lf") || value.equals("crlf"));
  }
}
