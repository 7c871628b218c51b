package adw.cli.project;

import adw.os.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// `info/exclude` of a repository: what git does not see, and unlike `.gitignore` nobody else's
/// business.
public record ExcludeFile(Path path) {
  public static ExcludeFile of(Project project) {
    return new ExcludeFile(project.commonDir().resolve("info").resolve("exclude"));
  }

  /// The line for the folder of the worktrees; none if that lies outside.
  public static List<String> treesOf(Project project) {
    return project.trees().startsWith(project.root())
        ? List.of("/" + project.root().relativize(project.trees()) + "/")
        : List.of();
  }

  /// The lines that were not there yet.
  public List<String> add(List<String> wanted) throws IOException {
    var old = Files.exists(path) ? TextFile.readAny(path) : "";
    var there = old.lines().map(String::strip).toList();
    var missing = wanted.stream().filter(line -> !there.contains(line)).toList();
    if (!missing.isEmpty()) {
      append(old.isEmpty() || old.endsWith("\n") ? "" : "\n", missing);
    }
    return missing;
  }

  private void append(String start, List<String> lines) throws IOException {
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(
        path,
        start + String.join("\n", lines) + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
