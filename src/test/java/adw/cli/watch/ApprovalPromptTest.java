package adw.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import adw.cli.AdwProgram;
import adw.cli.project.Project;
import adw.daemon.DaemonControl;
import adw.run.Request;
import adw.run.RequestFolder;
import adw.spend.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// However a person is asked for a yes, nothing but a yes is one.
class ApprovalPromptTest {
  private static final String FLOW =
      """
      {"name": "ship", "phases": [
        {"id": "ok", "type": "approval", "task": "Ship it?"},
        {"id": "do", "type": "script", "script": ["touch", "shipped"], "dependsOn": ["ok"]}]}
      """;

  @TempDir Path temp;

  @SuppressWarnings("NullAway.Init")
  private AdwProgram program;

  @BeforeEach
  void open() throws Exception {
    program = AdwProgram.in(Files.createDirectories(temp.resolve("repo"))).repository();
    program.write("adws/ship.json", FLOW);
  }

  private Path shipped() {
    return program.folder().resolve("shipped");
  }

  @Test
  void theTerminalAsksAgainUntilItIsAYesANoOrAnEdit() {
    var run =
        program
            .inTerminal(80, "\nn/a\nwait, do not ship this\ne\n\nyes, but\nyes\n")
            .run("flow", "run", "ship");

    assertThat(run.code()).isZero();
    assertThat(run.err().split("not answered yet", -1)).hasSize(6);
    assertThat(shipped()).exists();
  }

  @Test
  void anEndOfWhatIsTypedIsNoYes() {
    assertThat(program.inTerminal(80, "\nsure\n").run("flow", "run", "ship").code()).isEqualTo(1);
    assertThat(program.inTerminal(80, "n\n").run("flow", "run", "ship").code()).isEqualTo(1);
    assertThat(shipped()).doesNotExist();
  }

  @Test
  void anAnswerForAllApprovalsThatIsNoneIsRefusedBeforeAnythingRuns() {
    for (var words : List.of("maybe", "approve: if green", "")) {
      var run = program.run("flow", "run", "ship", "--approve", words);
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("say yes, no: why, or edit: what instead");
    }
    assertThat(program.run("flow", "runs").out()).doesNotContain("ship-");
  }

  @Test
  void anAnswerThatIsNoneIsRefusedByItsCommandAndTheGateStillAsks() throws Exception {
    program.write("tasks.md", "[] Ship it? #approve\n[⏰] `true > x` #sh\n");
    program.run("run", "--until-idle");

    var unclear = program.run("answer", "tasks.md:1", "wait, do not ship this");
    var edit = program.run("approve", "tasks.md:1", "--edit", "something else");

    assertThat(unclear.code()).isEqualTo(2);
    assertThat(unclear.err()).contains("'wait, do not ship this'", "say yes, or no: why");
    assertThat(edit.code()).isEqualTo(2);
    assertThat(program.read("tasks.md")).startsWith("[❓, ");

    assertThat(program.run("answer", "tasks.md:1", "no: not today").out()).contains("is rejected");
    assertThat(program.read("tasks.md"))
        .matches("(?s)\\[⊘, adw_\\w+] Ship it\\? #approve // rejected by .*: not today\n.*");
  }

  @Test
  void aYesToWhatDoesNotAskIsRefused() throws Exception {
    program.write("tasks.md", "[] `echo 'QUESTION: which?'` #sh\n");
    program.run("run", "--until-idle");

    var yes = program.run("approve", "tasks.md:1");

    assertThat(yes.code()).isEqualTo(4);
    assertThat(yes.err()).contains("does not ask for approval", "adw answer");
    assertThat(program.read("tasks.md")).startsWith("[❓, ");
  }

  @Test
  void theTableSendsNothingThatIsNoAnswer() throws Exception {
    program.write("tasks.md", "[] Ship it? #approve\n");
    program.run("run", "--until-idle");
    var console = program.console();
    var project = Project.find(console);
    var id = project.runs().openIds().iterator().next();
    var keys = new TableKeys(project, console, new ArrayList<String>()::add);
    keys.show(List.of(new RunRow(id, "Ship it?", "approve", "", Duration.ZERO, Usage.NONE)));

    for (var key : "a\rwait\r\rno".chars().toArray()) {
      keys.press(key);
    }
    assertThat(keys.prompt().orElseThrow()).contains("yes, no: why, or edit: what instead: no");
    assertThat(new RequestFolder(project.state()).read()).isEmpty();
    keys.press('\r');

    assertThat(new RequestFolder(project.state()).read())
        .extracting(RequestFolder.Pending::request)
        .first()
        .isInstanceOfSatisfying(
            Request.Continue.class, sent -> assertThat(sent.text()).isEqualTo("no"));
    assertThat(DaemonControl.isAnyoneThere(project.state())).isFalse();
  }

  @Test
  void aConfirmationTakesAYAndAYesAndNoOtherWord() throws Exception {
    program.write("tasks.md", "[] `true > x` #sh\n");
    program.run("run", "--until-idle");

    var other = program.inTerminal(80, "yikes, no\n").run("reset");
    assertThat(other.code()).isEqualTo(4);
    assertThat(program.read("tasks.md")).startsWith("[✅ ");

    assertThat(program.inTerminal(80, "Yes\n").run("reset").code()).isZero();
  }
}
