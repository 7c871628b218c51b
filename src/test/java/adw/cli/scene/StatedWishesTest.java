package adw.cli.scene;

import static org.assertj.core.api.Assertions.assertThat;

import adw.cli.AdwProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a line or a flow asks for is held to, or refused, or said to be impossible; never passed
/// over.
class StatedWishesTest {
  private static final String READ_ONLY =
      """
      {"name": "look", "phases": [
        {"id": "review", "task": "look at it", "tools": ["read", "grep"]},
        {"id": "build", "task": "do it", "dependsOn": ["review"], "tools": ["read", "Bash", "Edit", "Write"]}]}
      """;

  private static final String AGENT = "#!/bin/sh\ncat > /dev/null\necho x > x\necho did it\n";

  @TempDir Path temp;

  @SuppressWarnings("NullAway.Init")
  private AdwProgram program;

  @BeforeEach
  void open() throws Exception {
    program = AdwProgram.in(Files.createDirectories(temp.resolve("repo"))).repository();
    program.with("PATH", "/usr/bin:/bin");
  }

  private void agent(String output) throws Exception {
    program.agent("mine", AGENT, "");
    program.write(
        "adw.toml",
        program.read("adw.toml").replace("output = \"pi-json\"", "output = \"" + output + "\""));
  }

  @Test
  void toolsThatAProgramCannotBeKeptToAreSaidByTheCheckTheClaimAndThePhase() throws Exception {
    agent("text");
    program.write("adws/look.json", READ_ONLY).write("tasks.md", "[] look at it #look\n");
    var warning = "mine cannot be kept to read, grep: it may use every tool";

    var verify = program.run("flow", "verify", "look");
    assertThat(verify.code()).isZero();
    assertThat(verify.out())
        .containsOnlyOnce("warning: ")
        .contains("adws/look.json:2: phase 'review': " + warning);
    assertThat(program.run("check").out()).contains(warning);

    var run = program.run("run", "--until-idle", "--yes");
    assertThat(run.out() + run.err()).containsOnlyOnce(warning);
    assertThat(program.read("tasks.md")).startsWith("[✅ ");
    assertThat(program.run("flow", "run", "look", "--json").out()).contains(warning);
  }

  @Test
  void toolsThatTheProgramIsKeptToNeedNoWarning() throws Exception {
    agent("claude-stream-json");
    program.write("adws/look.json", READ_ONLY);

    assertThat(program.run("flow", "verify", "look").err()).contains("nothing to mend");
  }

  @Test
  void anEmptyListOfToolsIsNoWishForAllOfThem() throws Exception {
    program.write(
        "adws/look.json",
        "{\"name\": \"look\", \"phases\": [{\"id\": \"a\", \"task\": \"x\", \"tools\": []}]}");

    var verify = program.run("flow", "verify", "look");

    assertThat(verify.code()).isEqualTo(5);
    assertThat(verify.out()).contains("'tools' names none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex", "gemini", "opencode", "pi", "qwen", "auggie"})
  void aBuiltInPresetIsNamedByItsNameAlone(String name) throws Exception {
    agent("text");
    program.write("tasks.md", "[] fix the login @" + name + "\n");

    program.run("run", "--until-idle", "--yes");

    assertThat(program.read("tasks.md")).isEqualTo("[] fix the login @" + name + "\n");
    assertThat(program.run("status").out()).contains("no agent found: " + name);
  }

  @Test
  void anAgentThatNobodyKnowsHoldsTheTaskWithTheCure() throws Exception {
    agent("text");
    program.write("tasks.md", "[] fix the login @cluade\n");

    program.run("run", "--until-idle", "--yes");

    assertThat(program.read("tasks.md")).isEqualTo("[] fix the login @cluade\n");
    assertThat(program.run("check").out())
        .contains("tasks.md:1: no agent is called @cluade", "put it in back-quotes if it is text");
  }

  @ParameterizedTest
  @CsvSource({"#adw_plan_implemnt, ''", "#SH, #sh", "#delpoy, #deploy", "#Deploy, #deploy"})
  void aTagThatIsNearlyAWorkflowsNameHoldsTheTaskAndPaysNobody(String tag, String meant)
      throws Exception {
    agent("text");
    program.write("adws/deploy.sh", "#!/bin/sh\necho x > y\n");
    program.write("tasks.md", "[] ship it " + tag + "\n");

    program.run("run", "--until-idle", "--yes");

    assertThat(program.read("tasks.md")).isEqualTo("[] ship it " + tag + "\n");
    assertThat(program.run("status").out())
        .contains(meant.isEmpty() ? "no workflow" : "did you mean " + meant);
  }

  @Test
  void aLabelThatIsLikeNoWorkflowIsALabel() throws Exception {
    agent("text");
    program.write("adws/fix.sh", "#!/bin/sh\necho x > y\n");
    program.write("tasks.md", "[] ship it #fox #backend\n");

    program.run("run", "--until-idle", "--yes");

    assertThat(program.read("tasks.md")).startsWith("[✅ ");
  }
}
