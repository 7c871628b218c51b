package adw.cli.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The files that hold what the processes of a run said.
public final class RunLogs {
  private RunLogs() {}

  /// Of each process, oldest first, what it said and what it complained of.
  public static List<Path> of(Project project, String runId) throws IOException {
    var folder = project.state().run(runId).resolve("proc");
    var processes = new ArrayList<Path>();
    if (Files.isDirectory(folder)) {
      try (var found = Files.newDirectoryStream(folder)) {
        found.forEach(processes::add);
      }
    }
    processes.sort(Comparator.comparingInt(RunLogs::number).thenComparing(Path::toString));
    var logs = new ArrayList<Path>();
    for (var process : processes) {
      logs.add(process.resolve("stdout.log"));
      logs.add(process.resolve("stderr.log"));
    }
    return logs;
  }

  /// The folders are numbered; others come last.
  private static int number(Path folder) {
    var name = folder.getFileName().toString().replaceAll("\\D", "");
    return name.isEmpty() || name.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(name);
  }
}
