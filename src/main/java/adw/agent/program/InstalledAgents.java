package adw.agent.program;

import adw.agent.AgentPause;
import adw.agent.AgentPauses;
import adw.json.Json;
import adw.os.process.Command;
import adw.os.process.ExitStatus;
import adw.os.process.ProgramPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Which agent programs this machine has.
///
/// @param directory from which names with a slash in them count
/// @param environment that programs would get
public record InstalledAgents(
    Presets presets, AgentPauses pauses, Path directory, Map<String, String> environment) {
  private static final Duration PROBE = Duration.ofSeconds(20);

  public InstalledAgents {
    environment = Map.copyOf(environment);
  }

  /// One line of `adw agents`.
  ///
  /// @param executable absent: not installed
  /// @param version absent too where the program does not tell
  public record Listed(
      Preset preset,
      Optional<Path> executable,
      Optional<String> version,
      Login login,
      Optional<AgentPause> pause) {
    public Json.Obj toJson() {
      var pauses =
          pause.map(why -> why.kind().word() + ": " + why.why()).filter(_ -> pause.isPresent());
      return Json.Obj.empty()
          .with("name", preset.name())
          .with("installed", executable.isPresent())
          .with("executable", executable.map(Path::toString))
          .with("version", version)
          .with("login", login.words())
          .with("tested", preset.trial().tested())
          .with("output", preset.output().word())
          .with("paused", pauses)
          .with("pausedUntil", pause.flatMap(AgentPause::until).map(Object::toString));
    }
  }

  /// The agent where nobody names one: the first installed of claude, codex, gemini, opencode, pi.
  public Optional<String> findDefault() {
    return Presets.PREFERRED.stream().filter(name -> findExecutable(name).isPresent()).findFirst();
  }

  /// Where the program of that preset is; absent if there is no such preset, or it is not
  /// installed.
  public Optional<Path> findExecutable(String name) {
    return presets
        .find(name)
        .flatMap(
            preset -> ProgramPath.find(preset.call().argv().getFirst(), directory, environment));
  }

  /// All presets; the installed ones are asked for their versions, all at once.
  public List<Listed> list() throws IOException, InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Future<Listed>>();
      for (var preset : presets.all()) {
        asked.add(threads.submit(() -> look(preset)));
      }
      var listed = new ArrayList<Listed>();
      for (var one : asked) {
        listed.add(one.get());
      }
      return listed;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private Listed look(Preset preset) throws IOException, InterruptedException {
    var executable = findExecutable(preset.name());
    return new Listed(
        preset,
        executable,
        executable.isPresent() ? findVersion(preset) : Optional.empty(),
        Login.of(preset, environment),
        pauses.find(preset.name()));
  }

  /// The first word of what the program prints that has a digit and a dot in it.
  private Optional<String> findVersion(Preset preset) throws IOException, InterruptedException {
    if (preset.trial().probe().isEmpty()) {
      return Optional.empty();
    }
    var program = ProgramPath.find(preset.trial().probe().getFirst(), directory, environment);
    if (program.isEmpty()) {
      return Optional.empty();
    }
    var argv = new ArrayList<>(preset.trial().probe());
    argv.set(0, program.get().toString());
    var finished =
        new Command(argv, directory, CleanEnvironment.of(environment, preset, false), PROBE).run();
    return finished.status() instanceof ExitStatus.Exited(var code) && code == 0
        ? firstVersion(finished.outText())
        : Optional.empty();
  }

  private static Optional<String> firstVersion(String text) {
    return List.of(text.strip().split("\\s+")).stream()
        .filter(word -> word.matches("v?\\d+\\.\\d[\\w.+-]*"))
        .findFirst();
  }
}
