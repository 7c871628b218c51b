package adw.workflow;

import adw.os.NewFolders;
import adw.os.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program that a run executes.
public record Workflow(String name, Kind kind) {
  private static final String BUILT_IN = "built-in";

  public sealed interface Kind {
    /// A file of the repository; the launcher stands before it where it does not run by itself.
    record Program(Path file, List<String> launcher) implements Kind {
      public Program {
        launcher = List.copyOf(launcher);
      }
    }

    /// What `adw_sh` found in the task.
    record Shell(String script) implements Kind {}

    /// A declared graph: a file, or the name of a built-in one.
    record Flow(String reference, List<String> launcher) implements Kind {
      public Flow {
        launcher = List.copyOf(launcher);
      }
    }

    /// An agent program that takes the prompt on standard input and says something.
    record AgentProgram(List<String> argv) implements Kind {
      public AgentProgram {
        argv = List.copyOf(argv);
      }
    }
  }

  /// SHA-256 of the file or script as it is now; "built-in" if it is neither.
  public String hash() throws IOException {
    return switch (kind) {
      case Kind.Program(var file, _) -> Sha256.of(file);
      case Kind.Shell(var script) -> Sha256.of(script);
      case Kind.Flow(var reference, _) ->
          reference.equals(name) ? BUILT_IN : Sha256.of(Path.of(reference));
      case Kind.AgentProgram _ -> BUILT_IN;
    };
  }

  /// What to execute. A shell script is written into the run's folder first, where a person can
  /// read what was run.
  public List<String> argv(Path runDir) throws IOException {
    return switch (kind) {
      case Kind.Program(var file, var launcher) -> with(launcher, file.toString());
      case Kind.Shell(var script) -> List.of("sh", "-eu", write(runDir, script).toString());
      case Kind.Flow(var reference, var launcher) -> with(launcher, reference);
      case Kind.AgentProgram(var argv) -> argv;
    };
  }

  private static List<String> with(List<String> launcher, String last) {
    var argv = new ArrayList<>(launcher);
    argv.add(last);
    return argv;
  }

  private static Path write(Path runDir, String script) throws IOException {
    NewFolders.make(runDir);
    return Files.writeString(runDir.resolve("task.sh"), script, StandardCharsets.UTF_8);
  }
}
