package adw.flow.run;

import adw.flow.definition.ConfinedPath;
import adw.flow.definition.Template;
import adw.flow.definition.TemplateScope;
import adw.json.Json;
import adw.json.JsonInText;
import adw.text.PlainText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Files that stand before a prompt, each cut to a length.
public final class ContextFiles {
  private static final long BIGGEST = 10 << 20;
  private static final int MOST_CHARACTERS = 200_000;

  private final Path directory;
  private final boolean isConfined;
  private final Consumer<String> warning;

  ContextFiles(Path directory, boolean isConfined, Consumer<String> warning) {
    this.directory = directory;
    this.isConfined = isConfined;
    this.warning = warning;
  }

  /// The block before the prompt, "" for no files.
  String read(List<Template> entries, int limit, TemplateScope scope, Consumer<String> unresolved) {
    var names = new LinkedHashSet<String>();
    for (var entry : entries) {
      names(entry.text(), entry.fill(scope, unresolved), names);
    }
    var blocks = new ArrayList<String>();
    for (var name : names) {
      block(name, limit, blocks);
    }
    var all = String.join("\n\n", blocks);
    if (all.length() > MOST_CHARACTERS) {
      all =
          PlainText.cut(all, MOST_CHARACTERS)
              + "\n\n... [truncated "
              + (all.length() - MOST_CHARACTERS)
              + " total chars]";
    }
    return blocks.isEmpty() ? "" : all + "\n\n";
  }

  private void names(String written, String filled, Set<String> names) {
    if (!written.equals(filled)
        && JsonInText.find(filled).orElse(new Json.Null()) instanceof Json.Arr(var items)) {
      items.forEach(item -> {
        if (item instanceof Json.Str(var name)) {
          names.add(name);
        }
      });
    } else if (filled.stripLeading().startsWith("{")) {
      warning.accept("context: an object is no file name");
    } else if (!filled.isBlank()) {
      names.add(filled.strip());
    }
  }

  private void block(String name, int limit, List<String> blocks) {
    try {
      var file = directory.resolve(name);
      if (!Files.exists(file) && name.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0)) {
        var found = WorldFingerprint.matching(directory, name);
        if (found.isEmpty()) {
          warning.accept("context: '" + name + "' matches no file");
        }
        found.forEach(match -> block(directory.relativize(match), limit, blocks));
      } else {
        block(Path.of(name), limit, blocks);
      }
    } catch (InvalidPathException | java.util.regex.PatternSyntaxException _) {
      warning.accept("context: '" + name + "' is no file name");
    }
  }

  private void block(Path name, int limit, List<String> blocks) {
    var file = directory.resolve(name);
    try {
      if (isConfined && !ConfinedPath.isInside(directory, file)) {
        warning.accept("context: " + name + " lies outside the working directory");
      } else if (!Files.isRegularFile(file) || Files.size(file) > BIGGEST) {
        warning.accept("context: " + name + " cannot be read");
      } else {
        var content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        blocks.add(
            "## File: "
                + name
                + "\n\n```"
                + extension(name)
                + "\n"
                + shorten(content, limit)
                + "\n```");
      }
    } catch (IOException _) {
      warning.accept("context: " + name + " cannot be read");
    }
  }

  private static String extension(Path name) {
    var text = name.toString();
    var dot = text.lastIndexOf('.');
    return dot > text.lastIndexOf('/') ? text.substring(dot + 1) : "";
  }

  private static String shorten(String content, int limit) {
    return content.length() > limit
        ? PlainText.cut(content, limit)
            + "\n... [truncated "
            + (content.length() - limit)
            + " chars]"
        : content;
  }
}
