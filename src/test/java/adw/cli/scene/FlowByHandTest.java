package adw.cli.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.cli.AdwProgram;
import adw.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people do beside the loop: runs in the background, work in a run's worktree, answers that
/// edit, agents of their own. The agent is a shell script that speaks pi-json and keeps a session.
class FlowByHandTest {
  private static final String AGENT =
      """
      #!/bin/sh
      prompt=$(cat)
      printf '%s | %s\\n' "$*" "$prompt" >> "$CALLS"
      date +%N > worked.txt
      echo '{"type":"session","id":"s-17"}'
      case "$prompt" in
        *asks*) printf '{"outcome":"waiting","for":"question","message":"which one?"}' > "$ADW_RESULT" ;;
        *'nothing to do'*) rm worked.txt; printf '{"outcome":"no-change","message":"all is well"}' > "$ADW_RESULT" ;;
      esac
      case "$prompt" in
        *expensive*) cost=0.6 ;;
        *) cost=0.001 ;;
      esac
      text=$(printf %s "$prompt" | head -n1 | tr -d '"')
      echo '{"type":"message_end","message":{"role":"assistant","content":[{"type":"text","text":"did '"$text"'"}],"usage":{"input":10,"output":5,"cost":{"total":'$cost'}},"stopReason":"stop"}}'
      """;

  @TempDir Path temp;

  @SuppressWarnings("NullAway.Init")
  private AdwProgram program;

  @BeforeEach
  void open() throws Exception {
    program =
        AdwProgram.in(Files.createDirectories(temp.resolve("repo")))
            .repository()
            .agent(
                "mine",
                AGENT,
                """
                role = "planner"
                options = { tools = ["--may", "{tools}"], resume = ["--again", "{session}"] }
                root_env = { ROOT = "1" }
                """);
  }

  @Test
  void aDetachedRunWorksOnAndItsRecordTellsHowItEnded() throws Exception {
    program.write("f.json", "{\"name\":\"f\",\"phases\":[{\"id\":\"a\",\"task\":\"hello\"}]}");

    var started =
        Json.parseObject(program.run("flow", "run", "f.json", "--detach", "--json").out());

    var id = started.text("runId");
    await().until(() -> program.run("flow", "runs", id, "--json").out().contains("\"completed\""));
    assertThat(program.run("flow", "runs", id).out()).contains("did hello");
  }

  @Test
  void anApprovalIsEditedAndTheFlowGoesOnWithThat() throws Exception {
    program
        .write(
            "adws/careful.json",
            """
            {"name": "careful", "phases": [
              {"id": "ok", "type": "approval", "task": "Go on?"},
              {"id": "do", "task": "do {previous.output}", "dependsOn": ["ok"]}]}
            """)
        .write("tasks.md", "[] it #careful\n");
    program.run("run", "--until-idle", "--yes");

    assertThat(program.run("approve", "tasks.md:1", "--edit", "only the first half").code())
        .isZero();
    program.run("run", "--until-idle");

    assertThat(program.read("tasks.md")).startsWith("[✅ ");
    assertThat(Files.readString(temp.resolve("calls"))).contains("do only the first half");
  }

  @Test
  void theWorktreeAndTheSessionOfARunCanBeTakenOver() throws Exception {
    program.write("tasks.md", "[] make it\n");
    program.run("run", "--until-idle", "--yes");

    var path = program.run("open", "tasks.md:1");
    var taken = program.run("open", "tasks.md:1", "--agent");
    var edited =
        program.with("EDITOR", "touch -r").with("VISUAL", "").run("open", "tasks.md:1", "--editor");

    assertThat(Path.of(path.out().strip()).resolve("worked.txt")).exists();
    assertThat(taken.err()).contains("mine", "session s-17");
    assertThat(edited.code()).isEqualTo(1);
    assertThat(program.run("open", "tasks.md:1", "--shell", "--agent").code()).isEqualTo(2);
  }

  @Test
  void anAgentMaySpeakThroughItsResultFile() throws Exception {
    program
        .write("tasks.md", "[] asks a lot\n[] nothing to do\n")
        .run("run", "--until-idle", "--yes");

    var lines = program.read("tasks.md").lines().toList();
    assertThat(lines.get(0)).startsWith("[❓, ").endsWith("// which one?");
    assertThat(lines.get(1)).startsWith("[✅, ");
  }

  @Test
  void anAgentOfOnesOwnIsCalledAsItsTableSays() throws Exception {
    program
        .write("adws/own.json", "{\"name\":\"own\",\"phases\":[{\"id\":\"a\",\"task\":\"x\"}]}")
        .write("tasks.md", "[] make it #own\n")
        .run("run", "--until-idle", "--yes");

    assertThat(Files.readString(temp.resolve("calls")))
        .startsWith("--append-system-prompt ")
        .contains("prompt-planner.md", "--may ");
  }

  @Test
  void subtasksShareTheBudgetOfTheirGroup() throws Exception {
    program.write(
        "tasks.md",
        """
        [] all of it #group {budget=1}
          [] expensive one
          [⏰] expensive two
          [⏰] expensive three
        """);

    program.run("run", "--until-idle", "--yes");

    var lines = program.read("tasks.md").lines().toList();
    assertThat(lines.get(1)).contains("[✅ ");
    assertThat(lines.get(2)).contains("[✅ ");
    assertThat(lines.get(3)).contains("[❓, ", "spent $1.20 of $1.00 for group all of it");
    var id = lines.get(3).replaceAll(".*\\[❓, (\\w+)].*", "$1");
    assertThat(program.run("budget", id, "+5").code()).isZero();
    program.run("run", "--until-idle");
    assertThat(program.read("tasks.md").lines().toList().get(3)).contains("[✅ ");
  }
}
