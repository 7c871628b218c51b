package adw.cli.scene;

import static org.assertj.core.api.Assertions.assertThat;

import adw.cli.AdwProgram;
import adw.flow.conformance.ConformanceCases;
import adw.json.Json;
import adw.run.StateFolder;
import adw.spend.Ledger;
import adw.spend.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks worked by flows, with the stub agent of the conformance cases as the program.
class FlowTaskTest {
  @TempDir Path temp;

  @Test
  void aTaskIsWorkedByTheBuiltInFlowAndItsCostIsCounted() throws Exception {
    var program = repository().write("tasks.md", "[] Say it <<say all done>> #opus\n");

    var ended = program.run("run", "--until-idle");

    assertThat(ended.err()).isEmpty();
    assertThat(program.read("tasks.md")).startsWith("[✅ ");
    assertThat(program.git("log", "--all", "--format=%B")).contains("all done");
    assertThat(program.run("budget").out()).startsWith("today $0.00 of $50.00");
    assertThat(program.run("show", "tasks.md:1").out()).contains("build", "adw_build", "1/1");
  }

  @Test
  void aDayWhoseBudgetIsSpentHoldsTasksOfAgentsBeforeTheyAreClaimed() throws Exception {
    var program = repository().write("tasks.md", "[] Say it <<say all done>>\n[] `true >x` #sh\n");
    var usage = new Usage(1, 1, 0, 50.0, 1);
    StateFolder.of(program.folder().resolve(".git"))
        .openLedger()
        .add(new Ledger.Entry(Instant.now(), "adw_00000001", "", "stub", "", usage));

    program.run("run", "--until-idle");

    assertThat(program.read("tasks.md")).startsWith("[] Say it <<say all done>>\n[✅ ");
    assertThat(program.run("status").out()).contains("spent $50.00 of $50.00", "adw budget +20");

    program.run("budget", "+5");
    program.run("run", "--until-idle");
    assertThat(program.read("tasks.md")).startsWith("[✅ ");
  }

  @Test
  void anAgentThatPausesHoldsItsTasks() throws Exception {
    var program = repository().write("tasks.md", "[] Say it <<say all done>>\n");
    var paused = program.folder().resolve(".git/adw/agents/paused");
    Files.createDirectories(paused);
    Files.writeString(
        paused.resolve("stub.json"),
        "{\"kind\": \"RATE_LIMIT\", \"why\": \"resets 4am\", \"until\": \"2999-01-01T04:00:00Z\"}");

    program.run("run", "--until-idle");

    assertThat(program.read("tasks.md")).isEqualTo("[] Say it <<say all done>>\n");
    assertThat(program.run("status").out()).contains("stub is paused: resets 4am");
    assertThat(program.run("agents", "--wake", "stud").err())
        .isEqualTo("adw: no agent 'stud' (did you mean 'stub'?)\n");
    program.run("agents", "--wake", "stub");
    program.run("run", "--until-idle");
    assertThat(program.read("tasks.md")).startsWith("[✅ ");
  }

  @Test
  void whatAnAgentDoesNotTellIsNotShownAsNothing() throws Exception {
    var program =
        repository()
            .write(
                "tasks.md",
                "[] one <<usage 0 0 0>>\n[] two <<usage 12 3 0>>\n[] three <<usage 12 3 0.25>>\n");

    program.run("run", "--until-idle");

    assertThat(program.run("show", "tasks.md:1").out()).doesNotContain("spent", "$0.00");
    assertThat(program.run("show", "tasks.md:2").out())
        .contains("12 tokens in, 3 out, no cost told");
    assertThat(program.run("show", "tasks.md:3").out()).contains("12 tokens in, 3 out, $0.25");
  }

  private void pause(AdwProgram program, String agent) throws Exception {
    var paused = Files.createDirectories(program.folder().resolve(".git/adw/agents/paused"));
    Files.writeString(
        paused.resolve(agent + ".json"),
        "{\"kind\": \"RATE_LIMIT\", \"why\": \"resets 4am\", \"until\": \"2999-01-01T04:00:00Z\"}");
  }

  private AdwProgram twoAgents() throws Exception {
    var program = repository();
    var other = "\n[agents.other]\npreset = \"stub\"\n";
    return program.write("adw.toml", program.read("adw.toml") + other);
  }

  @Test
  void aPauseHoldsTheTasksOfItsAgentAndOfNoOther() throws Exception {
    var program = twoAgents().write("tasks.md", "[] One <<say one>>\n[] Two <<say two>> @other\n");
    pause(program, "stub");

    program.run("run", "--until-idle");

    assertThat(program.read("tasks.md")).startsWith("[] One <<say one>>\n[✅ ");
  }

  @Test
  void aPauseHoldsTheTasksThatNameItsAgentOrWhoseFlowDoes() throws Exception {
    var program =
        twoAgents()
            .write(
                "adws/agents/judge.md",
                "---\nname: judge\ndescription: judges\npreset: other\n---\nJudge.\n")
            .write(
                "adws/judged.json",
                """
                {"name": "judged", "agentScope": "project", "phases": [
                  {"id": "do", "task": "<<say did>>"},
                  {"id": "look", "task": "<<say looked>>", "agent": "judge", "dependsOn": ["do"]}]}
                """)
            .write(
                "tasks.md",
                """
                [] One <<say one>>
                [] Two <<say two>> @other
                [] Three #judged
                [] Four #own @other
                """)
            .write("adws/own.sh", "#!/bin/sh\necho x > x\n");
    pause(program, "other");

    program.run("run", "--until-idle");

    assertThat(program.read("tasks.md"))
        .startsWith("[✅ ")
        .endsWith("\n[] Two <<say two>> @other\n[] Three #judged\n[] Four #own @other\n");
    assertThat(program.run("status").out()).contains("other is paused: resets 4am");
  }

  @Test
  void anAgentThatIsPausedAfterTheClaimFailsNoRun() throws Exception {
    var program = repository().write("tasks.md", "[] Say it <<say all done>>\n");
    pause(program, "stub");
    var paused = program.folder().resolve(".git/adw/agents/paused");
    Files.move(paused, temp.resolve("paused"));
    var setUp = "setup = [\"mv %s %s\"]".formatted(temp.resolve("paused"), paused);
    program.write("adw.toml", program.read("adw.toml").replace("fetch", setUp + "\nfetch"));

    program.run("run", "--once");

    assertThat(program.read("tasks.md")).startsWith("[🟡, ");
  }

  @Test
  void anInvalidFlowHoldsItsTaskAndSaysWhere() throws Exception {
    var program =
        repository()
            .write(
                "adws/broken.json",
                "{\"name\": \"broken\", \"phases\": [\n{\"id\": \"a\", \"tusk\": \"b\"}]}\n")
            .write("tasks.md", "[] do it #broken\n");

    assertThat(program.run("run", "--until-idle").code()).isZero();

    assertThat(program.read("tasks.md")).isEqualTo("[] do it #broken\n");
    assertThat(program.run("status").out()).contains("adws/broken.json:2: ", "tusk");
  }

  @Test
  void anApprovalWaitsWithoutASlotAndGoesOnWhenItIsGiven() throws Exception {
    var program =
        repository()
            .write(
                "adws/careful.json",
                """
                {"name": "careful", "phases": [
                  {"id": "plan", "task": "<<say the plan>>"},
                  {"id": "ok", "type": "approval", "task": "Go on with this?", "dependsOn": ["plan"]},
                  {"id": "do", "task": "<<say did {steps.ok.output}>>", "dependsOn": ["ok"]}]}
                """)
            .write("tasks.md", "[] do it #careful\n");

    program.run("run", "--until-idle");
    assertThat(program.read("tasks.md"))
        .matches("\\[❓, adw_\\w+\\] do it #careful // approve: Go on with this\\?\n");

    assertThat(program.run("approve", "tasks.md:1", "-m", "gladly").code()).isZero();
    program.run("run", "--until-idle");

    assertThat(program.read("tasks.md")).startsWith("[✅ ");
    assertThat(program.git("log", "--all", "--format=%B")).contains("did gladly");
    assertThat(Files.readAllLines(temp.resolve("calls.log"))).hasSize(2);
  }

  @Test
  void theReasonOfABlockReachesTheLine() throws Exception {
    var program =
        repository()
            .write(
                "adws/careful.json",
                """
                {"name": "careful", "phases": [
                  {"id": "work", "task": "<<say worked>>"},
                  {"id": "review", "type": "gate", "dependsOn": ["work"],
                   "task": "<<say Two tests fail.>><<say VERDICT: BLOCK>>"}]}
                """)
            .write("tasks.md", "[] do it #careful\n");

    program.run("run", "--until-idle");

    assertThat(program.read("tasks.md"))
        .matches("\\[❌, adw_\\w+\\] do it #careful // review: blocked: Two tests fail\\.\n");
  }

  @Test
  void aFlowThatSaysWhatItCannotMeanHoldsItsTaskBeforeItPaysAnybody() throws Exception {
    var program =
        repository()
            .write(
                "adws/careful.json",
                """
                {"name": "careful", "phases": [
                  {"id": "work", "task": "<<say worked>>", "when": "args.task == "}]}
                """)
            .write("tasks.md", "[] do it #careful\n");

    program.run("run", "--until-idle");

    assertThat(program.read("tasks.md")).isEqualTo("[] do it #careful\n");
    assertThat(program.run("status").out()).contains("phase 'work': 'when' cannot be read");
  }

  @Test
  void aQuestionIsAnsweredByALineInTheFile() throws Exception {
    var program =
        repository()
            .write("tasks.md", "[] pick one <<seq turn QUESTION: comma or tab?|took it>>\n");

    program.run("run", "--until-idle");
    assertThat(program.read("tasks.md")).startsWith("[❓, ").contains("// comma or tab?");

    var asked = program.read("tasks.md");
    program.write("tasks.md", asked.replaceFirst("\\[.*?]", "[]") + "  > a comma\n");
    program.run("run", "--until-idle");

    assertThat(program.read("tasks.md")).startsWith("[✅ ");
    assertThat(Files.readAllLines(temp.resolve("calls.log")))
        .satisfiesExactly(
            first -> assertThat(first).doesNotContain("a comma"),
            second -> assertThat(second).contains("a comma", "comma or tab?"));
  }

  @Test
  void nothingPaidStartsInANewRepositoryBeforeSomebodySaysYes() throws Exception {
    var program = repository().write("tasks.md", "[] Say it <<say all done>>\n");
    Files.delete(program.folder().resolve("adw.toml"));
    Files.createDirectories(temp.resolve("bin"));
    Files.move(temp.resolve("agent.sh"), temp.resolve("bin/pi"));
    program.with("PATH", temp.resolve("bin") + ":" + System.getenv("PATH"));

    var refused = program.run("run", "--once");

    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains("1 line", "full permissions", "adw init", "--yes");
    assertThat(program.read("tasks.md")).startsWith("[] Say it");
    assertThat(program.run("init").code()).isZero();
    assertThat(program.run("run", "--dry-run").out()).contains("starts adw_build");
  }

  @Test
  void aFlowRunsOutsideATaskAndGoesOnAfterItsApproval() throws Exception {
    var program =
        repository()
            .write(
                "adws/hello.json",
                """
                {"name": "hello", "args": {"who": {"default": "you"}}, "phases": [
                  {"id": "ok", "type": "approval", "task": "greet {args.who}?"},
                  {"id": "say", "task": "<<say hello {args.who}>>", "dependsOn": ["ok"]}]}
                """);

    assertThat(program.run("flow", "verify", "hello").code()).isZero();
    assertThat(program.run("flow", "list").out()).contains("hello", "adw_plan_implement");
    assertThat(program.run("flow", "graph", "hello").out()).startsWith("flowchart TD");
    assertThat(Json.parse(program.run("flow", "graph", "hello", "--json").out()))
        .isEqualTo(
            Json.parse(
                """
                {"name": "hello", "phases": [
                  {"id": "ok", "type": "approval", "dependsOn": [], "final": false},
                  {"id": "say", "type": "agent", "dependsOn": ["ok"], "final": true}]}
                """));
    assertThat(program.run("flow", "schema", "--json").out()).contains("\"dependsOn\"");
    assertThat(program.run("flow", "show", "hello").out()).contains("who=", "approval");
    var rejected = program.run("tf:hello", "who=the whole world");
    assertThat(rejected.code()).isEqualTo(1);
    assertThat(rejected.out()).doesNotContain("hello the whole world");

    var run = program.run("flow", "run", "hello", "who=the whole world", "--approve", "approve");

    assertThat(run.out()).isEqualTo("hello the whole world\n");
    assertThat(program.run("flow", "runs").out().lines()).hasSize(2);
    assertThat(program.run("flow", "rum").err()).contains("unknown command 'rum'", "run");
  }

  @Test
  void eachExampleCanBeSavedAndWorksATask() throws Exception {
    var program = repository();
    var agent = temp.resolve("agent.sh");
    Files.writeString(agent, EXAMPLE_AGENT);
    var tasks = new StringBuilder();
    try (var examples = Files.list(Path.of("adws/examples").toAbsolutePath())) {
      for (var example : examples.sorted().toList()) {
        assertThat(program.run("flow", "save", example.toString()).err()).isEmpty();
        var name = example.getFileName().toString().replace(".json", "");
        tasks.append("[] Look at the parser #").append(name).append('\n');
      }
    }
    program.write("tasks.md", tasks.toString());

    program.run("run", "--until-idle");
    for (var line = 1; line <= tasks.toString().lines().count(); line++) {
      program.run("approve", "tasks.md:" + line);
    }
    program.run("run", "--until-idle");

    assertThat(program.read("tasks.md").lines())
        .hasSize(8)
        .allMatch(line -> line.startsWith("[✅ "));
    assertThat(Files.readString(temp.resolve("calls.log"))).contains("Look at the parser");
  }

  @Test
  void aFlowThatAsksMoreThanATaskHasHoldsIt() throws Exception {
    var program =
        repository()
            .write(
                "adws/two.json",
                """
                {"name": "two", "args": {"a": {"required": true}, "b": {"required": true}},
                 "phases": [{"id": "x", "task": "{args.a} {args.b}"}]}
                """)
            .write("tasks.md", "[] do it #two\n");

    program.run("run", "--until-idle");

    assertThat(program.read("tasks.md")).isEqualTo("[] do it #two\n");
    assertThat(program.run("status").out()).contains("requires a, b", "a task can give one");
  }

  /// Answers what the examples ask for.
  private static final String EXAMPLE_AGENT =
      """
      #!/bin/sh
      p=$(cat)
      date +%N > worked.txt
      printf '%s\n' "$p" >> "$STUB_LOG"
      case "$p" in
        *'"severity"'*) t='{"severity":"low"}' ;;
        *'"depth"'*) t='{"depth":"simple"}' ;;
        *'"settled"'*) t='{"phases":[],"settled":true}' ;;
        *'"done"'*) t='{"draft":"d","done":true}' ;;
        *'JSON array of phases'*) t='[{"id":"one","agent":"executor","task":"do it"}]' ;;
        *'JSON array'*) t='[{"file":"a.txt"}]' ;;
        *VERDICT*) t='VERDICT: PASS' ;;
        *) t='did it' ;;
      esac
      t=$(printf %s "$t" | sed 's/"/\\\\"/g')
      echo '{"type":"message_end","message":{"role":"assistant","content":[{"type":"text","text":"'"$t"'"}],"usage":{"input":1,"output":1,"cost":{"total":0.001}},"stopReason":"stop"}}'
      """;

  private AdwProgram repository() throws Exception {
    // Leaves a file, so that there is something to commit, and then answers as the stub does.
    var agent =
        "#!/bin/sh\ndate +%N > worked.txt\nexec node '" + ConformanceCases.stub() + "' \"$@\"\n";
    return AdwProgram.in(Files.createDirectories(temp.resolve("repo")))
        .with("STUB_STATE", temp.resolve("stub").toString())
        .with("STUB_LOG", temp.resolve("calls.log").toString())
        .repository()
        .agent("stub", agent, "");
  }
}
