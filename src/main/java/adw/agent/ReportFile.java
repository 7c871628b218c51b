package adw.agent;

import adw.os.RandomToken;
import adw.run.AgentReport;
import adw.run.WorkflowResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/// The file in which an agent may say what it waits for, or that nothing was to be done:
/// `$ADW_RESULT`, one for each call.
public record ReportFile(Path file) {
  public static ReportFile in(Map<String, String> environment) {
    var temporary = Path.of(environment.getOrDefault("TMPDIR", "/tmp"));
    return new ReportFile(temporary.resolve("adw-result-" + RandomToken.create() + ".json"));
  }

  /// What it says; plain where there is none, or none that can be read. It is gone afterwards.
  public AgentReport take() throws IOException {
    try {
      return AgentReport.of(WorkflowResultFile.read(file));
    } finally {
      if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(file);
      }
    }
  }
}
