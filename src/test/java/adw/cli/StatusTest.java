package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adw.json.Json;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.RunStore;
import adw.run.Stage;
import adw.run.StateFolder;
import adw.run.TaskSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {
  private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");

  @TempDir Path temp;

  @Test
  void outsideARepositoryTheCureIsNamed() throws IOException {
    assertThat(AdwProgram.in(temp).run("status"))
        .isEqualTo(
            new AdwProgram.Ended(
                3, "", "adw: " + temp + ": not in a git repository (git init, or adw -C DIR)\n"));
  }

  @Test
  void withoutATaskFileTheCureIsNamed() throws Exception {
    var program = repository();

    assertThat(program.run("status"))
        .isEqualTo(
            new AdwProgram.Ended(
                3,
                "",
                "adw: "
                    + program.folder().resolve("tasks.md")
                    + ": no such file (adw init makes one)\n"));
  }

  @Test
  void aFileThatIsNotUtf8IsRefusedWithItsPlace() throws Exception {
    var program = repository();
    Files.write(program.folder().resolve("tasks.md"), new byte[] {'[', ']', ' ', (byte) 0xff});

    var ended = program.run("status");

    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err()).startsWith("adw: tasks.md: ").contains("3");
  }

  @Test
  void whatLooksLikeATaskAndIsNoneIsNamedWithItsLine() throws Exception {
    var program = repository().write("tasks.md", "[] one #sh `true`\ngoes on\n\n- [todo] two\n");

    var told = "tasks.md:4: [todo] is no mark: no task ([] starts it, [x] is done, [⊘] is left)";
    assertThat(program.run("status").out())
        .contains("tasks.md:2: no part of the task above it (indent it")
        .contains(told);
    assertThat(program.run("check").out())
        .contains("tasks.md:2: warning: no part of the task above it")
        .contains(told.replace(": [todo]", ": warning: [todo]"));
    assertThat(program.run("status", "--json").out())
        .contains("\"unread\" : [ {\n    \"line\" : 2,");
  }

  @Test
  void whatNeedsAPersonIsListedAndTheRestIsCounted() throws Exception {
    var program =
        repository()
            .at(NOW)
            .write(
                "tasks.md",
                """
                [] first
                [🟡, adw_1a2b3c4d] second
                [❌, adw_2a2b3c4d] third // no such file: x.c
                [✅ 1234567, adw_3a2b3c4d] fourth
                # Later
                [] fifth
                """);
    running(program, "adw_1a2b3c4d");

    assertThat(program.run("status").out())
        .isEqualTo(
            """
            tasks.md: 1 running, 1 ready, 1 done, 1 failed, 1 parked
            nobody works on it (adw run does)

                2 🟡  second  running 2m, adw_1a2b3c4d

                3 ❌  third  failed: no such file: x.c, adw_2a2b3c4d
            """);
  }

  @Test
  void jsonHasAllTasksAndTheCounts() throws Exception {
    var program = repository().write("tasks.md", "[] first #ui {#one}\n");

    var status = Json.parseObject(program.run("status", "--json").out());

    assertThat(status.members().keySet())
        .containsExactly(
            "repository",
            "file",
            "branch",
            "daemons",
            "maxConcurrent",
            "usdToday",
            "maxUsdDay",
            "counts",
            "unshown",
            "unread",
            "hidden",
            "putBack",
            "unusable",
            "tasks");
    assertThat(status.text("branch")).isEqualTo("main");
    assertThat(status.list("tasks"))
        .containsExactly(
            Json.parse(
                """
                {"line": 1, "state": "ready", "text": "first #ui", "tags": ["ui"], "name": "one",
                 "detail": "", "cure": ""}
                """));
  }

  @Test
  void aResultWhoseLineIsGoneIsStillShown() throws Exception {
    var program = repository().at(NOW).write("tasks.md", "[] first\n");
    running(program, "adw_1a2b3c4d");
    var runs = new RunStore(StateFolder.of(program.folder().resolve(".git")).create());
    var outcome = new Outcome.Failed(Outcome.Why.WORKFLOW, "no such file");
    runs.write(runs.read("adw_1a2b3c4d").at(new Stage.Ended(outcome, false)));

    assertThat(program.run("status").out())
        .endsWith("ended after their line was deleted:\n       adw_1a2b3c4d  second  failed\n");
    program.write("tasks.done.md", "[❌, adw_1a2b3c4d] second\n");
    assertThat(program.run("status").out()).doesNotContain("deleted");
  }

  @Test
  void aRunThatAPersonTookOverHasNotLostItsLine() throws Exception {
    var program = repository().at(NOW).write("tasks.md", "[x] second\n");
    running(program, "adw_1a2b3c4d");
    var runs = new RunStore(StateFolder.of(program.folder().resolve(".git")).create());
    runs.write(runs.read("adw_1a2b3c4d").at(new Stage.Ended(new Outcome.TakenOver(), false)));

    assertThat(program.run("status").out()).doesNotContain("deleted");
  }

  @Test
  void aRunWhoseLineIsHiddenIsSaidWithWhatHidesIt() throws Exception {
    var program = repository().at(NOW);
    program.write("tasks.md", "# T\n\n```\n[🟡, adw_1a2b3c4d] second\n");
    running(program, "adw_1a2b3c4d");

    assertThat(program.run("status").out())
        .contains("tasks.md:4  adw_1a2b3c4d  second: hidden by the code fence from line 3 on\n");
    program.write("tasks.md", "- \\[🟡, adw\\_1a2b3c4d\\] second\n");
    assertThat(program.run("status").out())
        .contains(
            "tasks.md:1  adw_1a2b3c4d  second: hidden by the \\ before its brackets in line 1\n");
  }

  @Test
  void anAnswerThatIsNotSentYetIsSaid() throws Exception {
    var program =
        repository()
            .write(
                "adws/ask.sh",
                "#!/bin/sh\n"
                    + "printf"
                    + " '{\"outcome\":\"waiting\",\"for\":\"question\",\"message\":\"which?\"}' >"
                    + " \"$ADW_RESULT\"\n"
                    + "exit 75\n")
            .write("tasks.md", "[] Ask #ask\n");
    program.run("run", "--until-idle");
    assertThat(program.run("status").out()).doesNotContain("not sent");

    program.write("tasks.md", program.read("tasks.md") + "  > this one\n");

    assertThat(program.run("status").out())
        .contains("which?", "answer seen, not sent: empty the brackets of the line");
  }

  @Test
  void aLineThatWasPutBackIsToldAndFoundByItsName() throws Exception {
    var program =
        repository()
            .write("adws/fail.sh", "#!/bin/sh\necho no disk >&2\nexit 1\n")
            .write("tasks.md", "[] Logn #fail {#login}\n");
    program.run("run", "--until-idle");
    var ended = program.read("tasks.md");

    program.write("tasks.md", "[] Login #fail {#login}\n");
    program.run("status");
    program.run("run", "--once");

    assertThat(program.read("tasks.md")).startsWith(ended.stripTrailing());
    assertThat(program.run("status").out())
        .contains("put back: a save had not seen how they ended", "Logn", "no disk");
    assertThat(Json.parseObject(program.run("status", "--json").out()).texts("putBack"))
        .singleElement()
        .satisfies(id -> assertThat(ended).contains(id));
    assertThat(program.run("show", "login").out()).contains("Logn", "no disk");
  }

  @Test
  void textOfAgentsCannotSteerTheTerminal() throws Exception {
    var program =
        repository().write("tasks.md", "[❌] a\u001b[31m b // r\u202eed\u001b]0;x\u0007\n");

    assertThat(program.run("status").out()).doesNotContain("\u001b", "\u202e", "\u0007");
  }

  @Test
  void aRunThatNobodyHereKnowsIsShownAsSuch() throws Exception {
    var program = repository().write("tasks.md", "[🟡, adw_1a2b3c4d] a\n");

    assertThat(program.run("status").out()).contains("no record of this run here");
  }

  @Test
  void inAWorktreeOfARunTheMainQueueIsMeant() throws Exception {
    var program = repository().write("tasks.md", "[] a\n[] b\n");
    program.git("worktree", "add", "-q", "trees/adw_1a2b3c4d");
    Files.writeString(program.folder().resolve("trees/adw_1a2b3c4d/tasks.md"), "[] only\n");

    assertThat(program.run("-C", "trees/adw_1a2b3c4d", "status").out()).contains("2 ready");
  }

  private AdwProgram repository() throws IOException, InterruptedException {
    return AdwProgram.in(Files.createDirectories(temp.resolve("repo")).toRealPath())
        .repository()
        .write("adws/adw_x.sh", "true\n")
        .write("adw.toml", "[workflow]\ndefault = \"adw_x\"\n");
  }

  private static void running(AdwProgram program, String id) throws IOException {
    var runs = new RunStore(StateFolder.of(program.folder().resolve(".git")).create());
    var order = TaskSnapshot.own("second", "adw_sh");
    runs.write(
        Run.claimed(id, new Run.Lineage(id, 1), order, "d", NOW.minusSeconds(125))
            .startedAt(NOW.minusSeconds(120))
            .at(new Stage.Running(1)));
  }

  @Test
  void aFileOfTheStateThatCannotBeUsedIsNamedWithItsCure() throws Exception {
    var program = repository().write("tasks.md", "[] `true` #sh\n");
    program.write(".git/adw/streaks.json", "no");

    assertThat(program.run("status").out())
        .contains("/streaks.json: cannot be read and counts as empty: ", "(delete it)");
    assertThat(program.run("status", "--json").out()).contains("\"unusable\"");
  }
}
