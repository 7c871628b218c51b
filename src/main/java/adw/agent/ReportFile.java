package adw.agent;

import adw.json.Json;
import adw.json.JsonException;
import adw.os.RandomToken;
import adw.run.AgentReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/// The file in which an agent may say what it waits for, or that nothing was to be done:
/// `$ADW_RESULT`, one for each call.
public record ReportFile(Path file) {
  private static final int LONGEST = 1 << 20;

  public static ReportFile in(Map<String, String> environment) {
    var temporary = Path.of(environment.getOrDefault("TMPDIR", "/tmp"));
    return new ReportFile(temporary.resolve("adw-result-" + RandomToken.create() + ".json"));
  }

  /// What it says; plain where there is none, or none that can be read. It is gone afterwards.
  public AgentReport take() throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return new AgentReport.Plain();
    }
    try {
      return Files.size(file) > LONGEST
          ? new AgentReport.Plain()
          : AgentReport.of(Json.parseObject(Files.readString(file)));
    } catch (JsonException | java.nio.charset.CharacterCodingException _) {
      return new AgentReport.Plain(); // half a file, or something else
    } finally {
      Files.delete(file);
    }
  }
}
