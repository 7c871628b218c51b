package adw.git.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.config.GitConfig;
import adw.git.config.GitEnvironment;
import adw.git.config.RepositoryPaths;
import adw.git.config.UnsupportedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.AttributesNode;
import org.eclipse.jgit.attributes.AttributesRule;
import org.jspecify.annotations.Nullable;

/// The attributes that hold in one folder: its own `.gitattributes` above its parents', the
/// person's and the machine's below, `info/attributes` above all. Line ends, `$Id$` and encodings
/// are our business; what asks for more is unfit for us.
public final class Attributes {
  private static final String MACRO = "[attr]";

  private final @Nullable Attributes below;
  private final String folder;
  private final List<AttributesRule> rules;
  private final Map<String, List<Attribute>> macros;
  private final Scope scope;

  /// What is the same in the whole repository.
  private record Scope(GitConfig config, List<AttributesRule> info) {}

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
  public static Attributes outer(RepositoryPaths place, GitConfig config, GitEnvironment world)
      throws IOException, UnsupportedException {
    var macros = new HashMap<String, List<Attribute>>();
    macros.put("binary", List.of(new Attribute("text", Attribute.State.UNSET)));
    var rules = new ArrayList<AttributesRule>();
    for (var file : files(place, config, world)) {
      rules.addAll(read(file, macros));
    }
    var info = read(place.commonDir().resolve("info").resolve("attributes"), macros);
    return new Attributes(null, "", rules, macros, new Scope(config, info));
  }

  /// The person's and the machine's.
  public static List<Path> files(RepositoryPaths place, GitConfig config, GitEnvironment world) {
    var files = new ArrayList<Path>();
    if (world.find("GIT_ATTR_NOSYSTEM").isEmpty()) {
      files.add(Path.of("/etc/gitattributes"));
    }
    config
        .findPath("core.attributesfile", place.commonDir(), world)
        .or(() -> GitConfig.findPersonal(world, "attributes"))
        .ifPresent(files::add);
    return files;
  }

  private static List<AttributesRule> read(Path file, Map<String, List<Attribute>> macros)
      throws IOException, UnsupportedException {
    return Files.isRegularFile(file) ? parse(Files.readAllBytes(file), macros) : List.of();
  }

  /// Those of a folder ("" or "a/b/") with this `.gitattributes`.
  public Attributes in(String path, byte[] content) throws IOException, UnsupportedException {
    var known = new HashMap<>(macros);
    var rules = parse(content, known);
    // git takes macros from the top folder only.
    return new Attributes(this, path, rules, path.isEmpty() ? known : macros, scope);
  }

  private static List<AttributesRule> parse(byte[] content, Map<String, List<Attribute>> macros)
      throws IOException, UnsupportedException {
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
  private static void refuseUnreadable(byte[] content) throws UnsupportedException {
    for (var line : new String(content, UTF_8).lines().toList()) {
      if (line.stripLeading().startsWith("\"") || line.stripLeading().startsWith("!")) {
        throw new UnsupportedException("a .gitattributes with quoted patterns");
      }
    }
  }

  private static void refuseUnknown(AttributesRule rule) throws UnsupportedException {
    for (var attribute : rule.getAttributes()) {
      var on =
          attribute.getState() == Attribute.State.SET
              || attribute.getState() == Attribute.State.CUSTOM;
      switch (attribute.getKey()) {
        case "filter" -> {
          if (on) {
            throw new UnsupportedException("the attribute filter");
          }
        }
        case "working-tree-encoding" -> refuseUnknownEncoding(attribute);
        default -> {}
      }
    }
  }

  private static void refuseUnknownEncoding(Attribute attribute) throws UnsupportedException {
    var name = Optional.ofNullable(attribute.getValue()).orElse("");
    switch (attribute.getState()) {
      case UNSPECIFIED -> {}
      case SET, UNSET -> throw new UnsupportedException("the attribute working-tree-encoding");
      case CUSTOM -> {
        if (!Encoding.isDefault(name) && Encoding.find(name).isEmpty()) {
          throw new UnsupportedException("the attribute working-tree-encoding=" + name);
        }
      }
    }
  }

  /// Whether any file can come out of a checkout with other bytes than its blob's.
  public boolean mayConvert() {
    return Eol.returnsByConfig(scope.config) || asksFor(each -> isReturns(each) || isMore(each));
  }

  /// Whether a file without any CR can become another blob.
  public boolean mayConvertWithoutReturns() {
    return asksFor(Attributes::isMore);
  }

  private boolean asksFor(Predicate<Attribute> wanted) {
    return asksFor(scope.info, wanted)
        || asksFor(rules, wanted)
        || macros.values().stream().anyMatch(each -> each.stream().anyMatch(wanted))
        || (below != null && below.asksFor(wanted));
  }

  private static boolean asksFor(List<AttributesRule> rules, Predicate<Attribute> wanted) {
    return rules.stream().anyMatch(rule -> rule.getAttributes().stream().anyMatch(wanted));
  }

  private static boolean isReturns(Attribute each) {
    return each.getKey().equals("eol") && "crlf".equalsIgnoreCase(each.getValue());
  }

  private static boolean isMore(Attribute each) {
    return each.getKey().equals("ident") || each.getKey().equals("working-tree-encoding");
  }

  /// What holds for a file of this folder or one below without attributes of its own.
  public Conversion conversion(byte[] file) throws UnsupportedException {
    var path = new String(file, UTF_8);
    var found = new HashMap<String, Attribute>();
    collect(path, found);
    collect(scope.info, path, found);
    var eol = Eol.of(text(found), end(found), scope.config);
    return new Conversion(eol, isSet(found.get("ident")), encoding(found));
  }

  private Optional<Encoding> encoding(Map<String, Attribute> found) throws UnsupportedException {
    var encoding = custom(found, "working-tree-encoding").flatMap(Encoding::find);
    if (encoding.isPresent() && scope.config.find("core.checkroundtripencoding").isPresent()) {
      throw new UnsupportedException("the setting core.checkRoundtripEncoding");
    }
    return encoding;
  }

  private static boolean isSet(@Nullable Attribute attribute) {
    return attribute != null && attribute.getState() == Attribute.State.SET;
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

  private static Optional<String> end(Map<String, Attribute> found) {
    return custom(found, "eol").filter(value -> value.equals("lf") || value.equals("crlf"));
  }

  private static Optional<String> custom(Map<String, Attribute> found, String key) {
    return Optional.ofNullable(found.get(key))
        .filter(attribute -> attribute.getState() == Attribute.State.CUSTOM)
        .map(Attribute::getValue);
  }
}
