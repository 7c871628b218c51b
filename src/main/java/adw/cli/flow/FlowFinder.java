package adw.cli.flow;

import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.FlowHealth;
import adw.cli.project.FlowShelf;
import adw.cli.project.Project;
import adw.cli.settings.SettingsFile;
import adw.flow.definition.CheckedFlow;
import adw.flow.definition.Flow;
import adw.flow.definition.FlowFinding;
import adw.text.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Finds the flow that a word on the command line means: a saved name, or a file.
record FlowFinder(Project project, Console console) {
  /// Also where there is no repository: then the folder itself holds flows and settings, and the
  /// records are kept in the user's own folder.
  static FlowFinder find(Console console) throws IOException {
    try {
      return new FlowFinder(Project.find(console), console);
    } catch (CliException e) {
      if (e.code != ExitCode.NOT_FOUND || !Files.isDirectory(console.directory())) {
        throw e;
      }
      var settings = SettingsFile.read(console.directory().resolve("adw.toml"));
      return new FlowFinder(new Project(console.directory(), kept(console), settings), console);
    }
  }

  /// The user's own folder of such things, made where it is missing: on a new machine nobody has
  /// one.
  private static Path kept(Console console) throws IOException {
    var environment = console.caller().environment();
    var set = environment.getOrDefault("XDG_STATE_HOME", "");
    var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return Files.createDirectories(set.isEmpty() ? Path.of(home, ".local/state") : Path.of(set));
  }

  FlowShelf shelf() {
    return new FlowShelf(project, console.caller().environment());
  }

  FlowHealth care() {
    return new FlowHealth(project, console.caller(), shelf());
  }

  CheckedFlow read(String typed) throws IOException {
    var file = console.directory().resolve(typed);
    if (Files.isRegularFile(file)) {
      return shelf().flows().read(file);
    }
    return shelf()
        .flows()
        .find(typed)
        .orElseThrow(() ->
            new CliException(
                ExitCode.NOT_FOUND,
                "no flow '"
                    + typed
                    + "'"
                    + NearestName.cure(
                        typed, new ArrayList<>(shelf().flows().names()), "adw flow list")));
  }

  /// The flow, if its shape can be read at all.
  Flow need(String typed) throws IOException {
    var read = read(typed);
    return read.flow().orElseThrow(() -> wrong(read.findings()));
  }

  CliException wrong(List<FlowFinding> findings) {
    return new CliException(
        ExitCode.BAD_INPUT,
        findings.stream().filter(FlowFinding::isError).map(care()::text).toList());
  }
}
