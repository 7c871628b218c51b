package adw.cli.project;

import adw.cli.console.CliException;
import adw.cli.console.ExitCode;
import adw.cli.settings.SettingsFile;
import adw.os.DurableFiles;
import adw.os.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The models that play the model roles, as `[models.roles]` of `adw.toml` has them.
public final class ModelRoles {
  private static final String HEADER = "[models.roles]";

  private static final Map<String, Map<String, String>> RECOMMENDED =
      Map.of(
          "claude", roles("haiku", "sonnet", "opus", "opus", "sonnet", "opus"),
          "codex", roles("gpt-mini", "gpt", "gpt", "gpt", "gpt", "gpt"),
          "gemini", roles("flash", "pro", "pro", "pro", "flash", "pro"));

  private ModelRoles() {}

  private static Map<String, String> roles(
      String fast, String strong, String thinker, String arbiter, String vision, String reasoner) {
    var roles = new LinkedHashMap<String, String>();
    roles.put("fast", fast);
    roles.put("strong", strong);
    roles.put("thinker", thinker);
    roles.put("arbiter", arbiter);
    roles.put("vision", vision);
    roles.put("reasoner", reasoner);
    return roles;
  }

  /// For an agent, or for the built-in one that it is a variant of; empty where nothing is known.
  public static Map<String, String> recommended(ProjectAgents agents, String agent) {
    var kin = agents.presets().find(agent).flatMap(preset -> preset.kin()).orElse(agent);
    return RECOMMENDED.getOrDefault(kin, Map.of());
  }

  /// Writes the table; everything else in the file stays as it is.
  ///
  /// @throws CliException where the file says the roles in a form that is not edited here
  public static void write(Path file, Map<String, String> roles) throws IOException {
    var text = Files.exists(file) ? TextFile.read(file) : "";
    var changed = edited(text, roles);
    if (!SettingsFile.parse("adw.toml", changed).models().roles().equals(roles)) {
      throw new CliException(
          ExitCode.REFUSED,
          file + ": has model roles in another form than a table " + HEADER + " (edit it by hand)");
    }
    DurableFiles.replace(file, changed.getBytes(StandardCharsets.UTF_8));
  }

  static String edited(String text, Map<String, String> roles) {
    var lines = new ArrayList<>(text.lines().toList());
    var at = lines.stream().map(String::strip).toList().indexOf(HEADER);
    if (at < 0) {
      if (!lines.isEmpty() && !lines.getLast().isBlank()) {
        lines.add("");
      }
      lines.add(HEADER);
      at = lines.size() - 1;
    }
    for (var role : roles.entrySet()) {
      set(lines, at, role.getKey(), role.getKey() + " = " + quoted(role.getValue()));
    }
    return String.join("\n", lines) + "\n";
  }

  private static void set(List<String> lines, int header, String key, String line) {
    var last = header;
    for (var i = header + 1; i < lines.size() && !lines.get(i).strip().startsWith("["); i++) {
      if (lines.get(i).strip().matches("\"?" + key + "\"?\\s*=.*")) {
        lines.set(i, line);
        return;
      }
      last = lines.get(i).isBlank() ? last : i;
    }
    lines.add(last + 1, line);
  }

  private static String quoted(String model) {
    return '"' + model.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
