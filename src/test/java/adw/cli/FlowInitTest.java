package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowInitTest {
  @TempDir Path temp;

  @SuppressWarnings("NullAway.Init")
  private AdwProgram program;

  @BeforeEach
  void open() throws Exception {
    program = AdwProgram.in(Files.createDirectories(temp.resolve("repo")));
  }

  @Test
  void theDefaultsAreWrittenAndTheRestOfTheFileStays() throws Exception {
    program.write(
        "adw.toml",
        "# mine\n[agent]\ndefault = \"claude\"\n\n[models.roles] \nfast = \"x\" # old\n\n[prices]\n");

    var shown = program.run("flow", "init", "--show");
    var written = program.run("flow", "init", "--defaults");

    assertThat(shown.out()).contains("fast       x", "recommended: haiku", "security, risk");
    assertThat(written.out()).contains("was x", "new", "written: ");
    assertThat(program.read("adw.toml"))
        .isEqualTo(
            """
            # mine
            [agent]
            default = "claude"

            [models.roles]\s
            fast = "haiku"
            strong = "sonnet"
            thinker = "opus"
            arbiter = "opus"
            vision = "sonnet"
            reasoner = "opus"

            [prices]
            """);
    assertThat(program.run("flow", "init", "--defaults").err()).contains("nothing changes");
  }

  @Test
  void oneRoleIsChosenAndConfirmedInATerminal() throws Exception {
    program
        .write("adw.toml", "[agent]\ndefault = \"claude\"\n")
        .inTerminal(80, "vision\nclaude-9\ny\n");

    assertThat(program.run("flow", "init").code()).isZero();

    assertThat(program.read("adw.toml"))
        .isEqualTo("[agent]\ndefault = \"claude\"\n\n[models.roles]\nvision = \"claude-9\"\n");
  }

  @Test
  void nothingIsWrittenWithoutAYes() throws Exception {
    program.write("adw.toml", "[agent]\ndefault = \"claude\"\n").inTerminal(80, "d\n");

    assertThat(program.run("flow", "init").err()).contains("nothing written");

    assertThat(program.read("adw.toml")).isEqualTo("[agent]\ndefault = \"claude\"\n");
  }

  @Test
  void aFileThatSaysItAnotherWayIsNotTouched() throws Exception {
    var text = "[agent]\ndefault = \"claude\"\n[models]\nroles = { fast = \"x\" }\n";
    program.write("adw.toml", text);

    assertThat(program.run("flow", "init", "--defaults").code()).isNotZero();

    assertThat(program.read("adw.toml")).isEqualTo(text);
  }
}
