package adw.cli.settings;

import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.os.DurableFiles;
import adw.os.ProblemWords;
import adw.run.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The settings that a command last worked with, kept in `STATE/settings.toml`: what looks, ends or
/// asks works with them while `adw.toml` is broken, and says so.
public record LastSettings(Console console) implements SettingsSource {
  private static Path kept(Path commonDir) {
    return StateFolder.of(commonDir).root().resolve("settings.toml");
  }

  /// These were read without a fault, and are worked with.
  public static void keep(Path root, Path commonDir) throws IOException {
    var file = SettingsFile.in(root);
    var kept = kept(commonDir);
    var now = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    if (!Files.exists(kept) || !Arrays.equals(Files.readAllBytes(kept), now)) {
      DurableFiles.replace(kept, now);
    }
  }

  @Override
  public Settings read(Path root, Path commonDir) throws IOException {
    try {
      return SettingsFile.read(SettingsFile.in(root));
    } catch (CliException broken) {
      return instead(broken.messages, commonDir);
    } catch (IOException unreadable) {
      return instead(List.of(ProblemWords.of(unreadable)), commonDir);
    }
  }

  private Settings instead(List<String> problems, Path commonDir) throws IOException {
    problems.forEach(console::warn);
    try {
      var last = SettingsFile.read(kept(commonDir));
      console.warn("adw.toml cannot be used; this works with what it said when adw last ran");
      return last;
    } catch (CliException older) {
      console.warn("adw.toml cannot be used; this works with the defaults");
      return Settings.DEFAULTS;
    }
  }
}
