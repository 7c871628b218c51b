package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import adw.json.Json;
import adw.json.JsonInText;
import adw.os.DurableFiles;
import adw.os.ProblemWords;
import adw.os.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The saved flows: those of the repository, then the user's, then the built-in ones.
public final class FlowFolders {
  public static final List<String> BUILT_IN = List.of("adw_build", "adw_plan_implement");
  private static final List<String> ENDINGS = List.of(".json", ".jsonc");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,80}");
  private static final long BIGGEST = 16 << 20;

  private final List<Path> folders;

  /// @param project `adws` of the repository
  /// @param user `~/.config/adw/flows`
  public FlowFolders(Path project, Path user) {
    this.folders = List.of(project, user);
  }

  /// Where a flow comes from.
  ///
  /// @param file absent for a built-in one
  public record Entry(String name, Optional<Path> file, CheckedFlow flow) {}

  /// Every name once, the first that counts.
  public List<Entry> list() throws IOException {
    var entries = new LinkedHashMap<String, Entry>();
    for (var folder : folders) {
      for (var file : files(folder)) {
        var name = stem(file);
        if (!entries.containsKey(name)) {
          entries.put(name, new Entry(name, Optional.of(file), readSaved(file)));
        }
      }
    }
    for (var name : BUILT_IN) {
      entries.computeIfAbsent(name, key -> new Entry(key, Optional.empty(), builtIn(key)));
    }
    return List.copyOf(entries.values());
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private static String stem(Path file) {
    var name = String.valueOf(file.getFileName());
    return name.substring(0, name.lastIndexOf('.'));
  }

  /// Names alone, without reading a flow.
  public Set<String> names() {
    var names = new LinkedHashSet<String>();
    for (var folder : folders) {
      try {
        files(folder).forEach(file -> names.add(stem(file)));
      } catch (IOException _) {
        names.remove(""); // A folder that cannot be listed offers nothing.
      }
    }
    names.addAll(BUILT_IN);
    return names;
  }

  /// The file that a name stands for; absent for unknown names and for built-in flows.
  public Optional<Path> findFile(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    var files = new ArrayList<Path>();
    folders.forEach(folder -> ENDINGS.forEach(ending -> files.add(folder.resolve(name + ending))));
    return files.stream().filter(Files::isRegularFile).findFirst();
  }

  public Optional<CheckedFlow> find(String name) {
    return findFile(name)
        .map(this::readSaved)
        .or(() -> BUILT_IN.contains(name) ? Optional.of(builtIn(name)) : Optional.empty());
  }

  /// A built-in flow as it is written, for `adw init --workflows`.
  public static String builtInText(String name) {
    return RoleFolders.resource("flows/" + name + ".json");
  }

  private static CheckedFlow builtIn(String name) {
    return FlowReader.of(builtInText(name), Optional.empty(), FlowReader.NO_FILES);
  }

  /// What is wrong with it is found in it, and stops nobody who asks for another.
  public CheckedFlow readSaved(Path file) {
    try {
      return read(file);
    } catch (IOException e) {
      var finding =
          FlowFinding.of(Rule.SYNTAX, 0, "the file cannot be read: " + ProblemWords.of(e), "")
              .in(file);
      return new CheckedFlow(Optional.empty(), List.of(finding));
    }
  }

  /// Reads a flow from a file. In a flow folder its name and the file's must agree.
  public CheckedFlow read(Path file) throws IOException {
    if (Files.size(file) > BIGGEST) {
      return new CheckedFlow(
          Optional.empty(),
          List.of(FlowFinding.of(Rule.SIZE, 0, "the file is larger than 16 MiB", "").in(file)));
    }
    var bytes = Files.readAllBytes(file);
    var strange = TextFile.findOtherEncoding(bytes);
    if (strange.isPresent()) {
      var finding =
          FlowFinding.of(Rule.SYNTAX, strange.get(), "not UTF-8", "save the file as UTF-8");
      return new CheckedFlow(Optional.empty(), List.of(finding.in(file)));
    }
    var checked = read(new String(bytes, StandardCharsets.UTF_8), file);
    var isSaved = folders.stream().anyMatch(folder -> folder.equals(file.getParent()));
    var name = checked.flow().map(Flow::name).orElse(stem(file));
    if (!isSaved || name.equals(stem(file))) {
      return checked;
    }
    var findings = new ArrayList<>(checked.findings());
    findings.add(
        FlowFinding.of(
                Rule.VALUE,
                0,
                "the flow's name is '" + name + "', the file's is '" + stem(file) + "'",
                "make them equal")
            .in(file));
    return new CheckedFlow(checked.flow(), findings);
  }

  private static CheckedFlow read(String text, Path file) {
    var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    var prompts = new PromptFiles(folder, Optional.empty());
    return wrapped(text)
        .map(json -> FlowReader.of(JsonNode.of(json), Optional.of(file), prompts))
        .orElseGet(() -> FlowReader.of(text, Optional.of(file), prompts));
  }

  /// A flow that is no file: typed in, or sent by an agent; it may stand in a fence.
  public static CheckedFlow parse(String text) {
    return wrapped(text)
        .map(json -> FlowReader.of(JsonNode.of(json), Optional.empty(), FlowReader.NO_FILES))
        .orElseGet(() -> FlowReader.of(text.strip(), Optional.empty(), FlowReader.NO_FILES));
  }

  /// A flow in a fence, in prose, or in a JSON string.
  private static Optional<Json> wrapped(String text) {
    var plain = text.strip();
    var isPlain = plain.startsWith("{") || plain.startsWith("/");
    return isPlain ? Optional.empty() : JsonInText.find(plain).map(FlowFolders::unwrapped);
  }

  private static Json unwrapped(Json json) {
    return json instanceof Json.Str(var inner) ? JsonInText.find(inner).orElse(json) : json;
  }

  /// Writes a flow to the repository's folder and returns the file.
  ///
  /// @throws FlowException when the name is no name of a file
  public Path save(String name, String text) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new FlowException(
          "'" + name + "' is no name for a flow, use letters, digits, '-', '_' and '.'");
    }
    var folder = folders.getFirst();
    Files.createDirectories(folder);
    var file = folder.resolve(name + ".json");
    DurableFiles.replace(file, (text.stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8));
    return file;
  }
}
