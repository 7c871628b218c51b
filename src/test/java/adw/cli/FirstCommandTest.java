package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adw.os.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Any command may be the first one that a repository, or a machine, sees: STATE is made where it
/// is needed, and nobody is told of a folder that adw itself should have made.
class FirstCommandTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "budget +20",
        "budget",
        "status",
        "tasks",
        "pause --why x",
        "resume",
        "add hello",
        "agents",
        "agents --wake claude",
        "doctor",
        "check",
        "flow list",
        "flow runs",
        "flow cache-clear",
        "cancel 1a2b",
        "undo",
        "clean --yes",
        "stop",
        "archive",
        "reset --yes",
        "show 1a2b",
        "logs 1a2b"
      })
  void aFreshRepositoryLacksNothing(String command) throws Exception {
    var program = AdwProgram.in(Files.createDirectory(temp.resolve("r")));
    var environment = Map.of("PATH", System.getenv("PATH"), "HOME", temp.toString());
    var git = List.of("git", "init", "-q", "-b", "main", ".");
    new Command(git, program.folder(), environment, Duration.ofMinutes(1), new byte[0]).run();
    Files.writeString(program.folder().resolve("tasks.md"), "[x] a\n");

    var ended = program.run(command.split(" "));

    assertThat(ended.err()).doesNotContain("no such file or folder").doesNotContain(".git/adw");
  }

  @Test
  void aFlowRunsOnAMachineWhoseHomeIsEmpty() throws Exception {
    var program = AdwProgram.in(Files.createDirectory(temp.resolve("r")));
    Files.writeString(
        program.folder().resolve("hello.json"),
        """
        {"name":"hello","phases":[{"id":"a","type":"script","script":["echo","hi"]}]}
        """);

    var ended = program.run("flow", "run", "hello.json");

    assertThat(ended.err()).doesNotContain("no such file or folder");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("hi");
  }
}
