package adw.workflow;

import adw.workflow.Selection.Chosen;
import adw.workflow.Selection.Unusable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The files of `adws/` by the names of the workflows they are.
final class WorkflowFiles {
  private static final Set<String> FLOWS = Set.of("json", "jsonc");
  private static final Set<String> COPIES = Set.of("bak", "orig", "rej", "swp", "tmp", "old");

  private final Map<String, List<Path>> usable = new TreeMap<>();
  private final Map<String, Path> others = new TreeMap<>();

  private WorkflowFiles() {}

  /// A folder that is not there has none.
  static WorkflowFiles read(Path folder) throws IOException {
    var files = new WorkflowFiles();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (var file : all) {
        files.add(file);
      }
    } catch (NoSuchFileException | NotDirectoryException none) {
      return files;
    }
    return files;
  }

  Set<String> names() {
    return usable.keySet();
  }

  Selection find(String name, List<String> flowLauncher) throws IOException {
    var files = usable.getOrDefault(name, List.of());
    if (files.size() != 1) {
      var names = files.stream().map(file -> file.getFileName().toString()).sorted().toList();
      return new Unusable(
          "two files are workflow " + name + ": " + String.join(", ", names), "rename one");
    }
    var file = files.getFirst().toAbsolutePath();
    var kind =
        FLOWS.contains(extension(file))
            ? new Workflow.Kind.Flow(file.toString(), flowLauncher)
            : new Workflow.Kind.Program(file, Interpreter.of(file));
    return new Chosen(new Workflow(name, kind));
  }

  /// Why a file of that name is not a workflow, if there is one.
  Optional<Unusable> findUnusable(String name) {
    return Optional.ofNullable(others.get(name))
        .map(file -> new Unusable(file + " is not executable", "run: chmod +x '" + file + "'"));
  }

  private void add(Path file) {
    var name = file.getFileName().toString();
    if (name.startsWith(".") || name.endsWith("~") || COPIES.contains(extension(file))) {
      return;
    }
    if (!Files.isRegularFile(file)) {
      return;
    }
    if (isUsable(file)) {
      usable.computeIfAbsent(stem(name), _ -> new ArrayList<>()).add(file);
    } else {
      others.put(stem(name), file);
    }
  }

  private static boolean isUsable(Path file) {
    var extension = extension(file);
    return FLOWS.contains(extension)
        || Interpreter.knows(extension)
        || (Files.isExecutable(file) && !extension.equals("md"));
  }

  private static String stem(String name) {
    var dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  static String extension(Path file) {
    var name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
