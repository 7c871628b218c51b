package adw.cli.settings;

import adw.cli.console.CliException;
import adw.cli.console.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tomlj.Toml;

/// `adw.toml` while it is read: all that is wrong with it, with lines.
public final class SettingsFile {
  private record Problem(int line, String text) {}

  private final String name;
  private final int line;
  private final List<Problem> problems;
  private final Map<String, String> keys;

  private SettingsFile(String name, int line, List<Problem> problems, Map<String, String> keys) {
    this.name = name;
    this.line = line;
    this.problems = problems;
    this.keys = keys;
  }

  public static Path in(Path root) {
    return root.resolve("adw.toml");
  }

  /// The settings in a file; the defaults if there is none.
  ///
  /// @throws CliException with all that is wrong
  public static Settings read(Path path) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return Settings.DEFAULTS;
    }
    return parse(path.getFileName().toString(), withoutMark(decode(path, bytes)));
  }

  public static Settings parse(String name, String text) {
    var file = new SettingsFile(name, 1, new ArrayList<>(), new LinkedHashMap<>());
    var toml = Toml.parse(text);
    for (var error : toml.errors()) {
      file.report(error.position().line(), firstLine(String.valueOf(error.getMessage())));
    }
    file.refuseIfWrong();
    var settings = Settings.read(new SettingsSection("", toml, file));
    file.refuseIfWrong();
    return settings;
  }

  /// Every key with its default as it would be written, `trigger.poll` → `"5s"`.
  static Map<String, String> defaults() {
    var file = new SettingsFile("adw.toml", 1, new ArrayList<>(), new LinkedHashMap<>());
    Settings.read(new SettingsSection("", Toml.parse(""), file));
    return file.keys;
  }

  /// The section that has a key of this name.
  static Optional<String> findSection(String key) {
    return defaults().keySet().stream()
        .filter(name -> name.endsWith("." + key))
        .map(name -> name.substring(0, name.length() - key.length() - 1))
        .findFirst();
  }

  void addKey(String key, String standard) {
    keys.put(key, standard);
  }

  /// The same file for a table that begins at a line; what has no place of its own is reported
  /// there.
  SettingsFile at(int start) {
    return new SettingsFile(name, start, problems, keys);
  }

  int line() {
    return line;
  }

  void report(int at, String text) {
    problems.add(new Problem(at, text));
  }

  private void refuseIfWrong() {
    if (!problems.isEmpty()) {
      throw new CliException(
          ExitCode.BAD_INPUT,
          problems.stream()
              .sorted(Comparator.comparingInt(Problem::line))
              .map(problem -> name + ":" + problem.line() + ": " + problem.text())
              .distinct()
              .toList());
    }
  }

  private static String decode(Path path, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CliException(
          ExitCode.BAD_INPUT, path.getFileName() + ": not UTF-8 (save it as UTF-8)");
    }
  }

  /// Some editors begin a file in UTF-8 with U+FEFF; TOML knows no such character.
  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static String firstLine(String message) {
    var end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
