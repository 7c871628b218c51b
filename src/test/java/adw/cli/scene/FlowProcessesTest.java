package adw.cli.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.cli.AdwProgram;
import adw.cli.console.ExitCode;
import adw.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Flows in processes that are killed, or that are many. The agent is a shell script: it writes
/// down what it is called with, waits a little, and answers.
class FlowProcessesTest {
  private static final String AGENT =
      """
      #!/bin/sh
      prompt=$(cat)
      printf '%s\\n' "$prompt" | head -n 1 >> "$CALLS"
      date +%N > worked.txt
      sleep "${NAP:-0.1}"
      text=$(printf %s "$prompt" | head -n 1 | tr -d '"')
      echo '{"type":"message_end","message":{"role":"assistant","content":[{"type":"text","text":"did '"$text"'"}],"usage":{"input":10,"output":5,"cost":{"total":0.01}},"stopReason":"stop"}}'
      """;

  private static final String FLOW =
      """
      {"name": "f", "phases": [
        {"id": "m", "type": "map", "over": [1, 2, 3, 4], "task": "item {item}", "concurrency": 2},
        {"id": "l", "type": "loop", "task": "round {loop.iteration}", "until": "{loop.iteration} == 3"},
        {"id": "s", "type": "flow", "dependsOn": ["m"], "def": [
          {"id": "x", "task": "inner x"}, {"id": "y", "task": "inner y", "dependsOn": ["x"]}]},
        {"id": "z", "task": "the end", "dependsOn": ["s", "l"]}]}
      """;

  private static final int CALLS_OF_FLOW = 4 + 3 + 2 + 1;

  @TempDir Path temp;

  @SuppressWarnings("NullAway.Init")
  private AdwProgram program;

  @BeforeEach
  void open() throws Exception {
    program =
        AdwProgram.in(Files.createDirectories(temp.resolve("repo")))
            .repository()
            .write("adws/f.json", FLOW)
            .agent("mine", AGENT, "");
  }

  @Test
  void aFlowWhoseDaemonIsKilledIsAdoptedByTheNextOne() throws Exception {
    program.with("NAP", "1").write("tasks.md", "[] do it #f\n");
    var daemon = program.start("run", "--until-idle", "--yes");
    await().until(() -> !calls().isEmpty());

    daemon.destroyForcibly().waitFor();
    var ended = program.run("run", "--until-idle");

    assertThat(ended.code()).isZero();
    assertThat(program.read("tasks.md")).startsWith("[✅ ");
    assertThat(calls()).hasSize(CALLS_OF_FLOW);
  }

  @Test
  void aFlowThatIsInterruptedWritesItDownAndIsResumed() throws Exception {
    program.with("NAP", "20");
    var flow = program.start("flow", "run", "f");
    await().until(() -> calls().size() > 1);

    flow.destroy(); // TERM

    assertThat(flow.waitFor()).isEqualTo(ExitCode.WAITING.number);
    assertThat(newest("f").text("status")).isEqualTo("paused");
    program.with("NAP", "0");
    assertThat(program.run("flow", "resume", newest("f").text("runId")).code()).isZero();
  }

  @Test
  void nothingOfAFlowStaysInTheTemporaryFolder() throws Exception {
    var temporary = Files.createDirectories(temp.resolve("tmp"));
    program
        .agent("mine", AGENT, "options = { system = [\"--system\", \"{system_file}\"] }")
        .with("NAP", "0")
        .with("TMPDIR", temporary.toString());

    assertThat(program.run("flow", "run", "f").code()).isZero();

    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  @Tag("scale")
  void aFlowKilledAtRandomTimesPaysOnlyForWhatWasInTheAir() throws Exception {
    var seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    for (var round = 0; round < 8; round++) {
      var name = "r" + round;
      program.write("adws/" + name + ".json", FLOW.replace("\"f\"", "\"" + name + "\""));
      Files.deleteIfExists(temp.resolve("calls"));
      var kills = 0;
      while (!kill(program.start(goOn(name)), random)) {
        kills++;
      }
      assertThat(newest(name).text("status")).as("seed %d", seed).isEqualTo("completed");
      // At most three calls are at work at once: two items and a round.
      assertThat(calls().size())
          .as("seed %d", seed)
          .isBetween(CALLS_OF_FLOW, CALLS_OF_FLOW + 3 * kills);
    }
  }

  /// The command that begins the flow, or goes on with its run if there is one.
  private String[] goOn(String name) {
    return runs(name).isEmpty()
        ? new String[] {"flow", "run", name, "--json"}
        : new String[] {"flow", "resume", newest(name).text("runId"), "--json"};
  }

  /// Whether it ended before it was killed.
  private static boolean kill(Process process, SplittableRandom random) throws Exception {
    Thread.sleep(random.nextInt(200, 2500));
    var ended = !process.isAlive();
    process.destroyForcibly().waitFor();
    return ended;
  }

  @Test
  @Tag("scale")
  void ofTwoResumesAtOnceOneWins() throws Exception {
    program.with("NAP", "1");
    var first = program.start("flow", "run", "f", "--json");
    await().until(() -> calls().size() > 1);
    first.destroyForcibly().waitFor();
    var id = newest("f").text("runId");

    var two = List.of(program.start("flow", "resume", id), program.start("flow", "resume", id));

    var codes = new ArrayList<Integer>();
    for (var one : two) {
      codes.add(one.waitFor());
    }
    assertThat(codes).containsOnlyOnce(0).hasSize(2);
    assertThat(newest("f").text("status")).isEqualTo("completed");
    assertThat(calls().size()).isLessThanOrEqualTo(CALLS_OF_FLOW + 3);
  }

  @Test
  @Tag("scale")
  void eightProcessesShareOneCacheAndOneLedger() throws Exception {
    program
        .with("NAP", "0")
        .write(
            "adws/shared.json",
            """
            {"name": "shared", "args": {"who": {}}, "phases": [
              {"id": "c", "task": "once for all", "cache": {"scope": "cross-run"}},
              {"id": "m", "type": "map", "over": [1,2,3,4,5,6,7,8,9,10], "task": "{args.who} {item}"}]}
            """);
    var all = new ArrayList<Process>();
    for (var i = 0; i < 8; i++) {
      all.add(program.start("flow", "run", "shared", "who=p" + i, "--json"));
    }
    for (var one : all) {
      assertThat(one.waitFor()).isZero();
    }

    var calls = calls();
    var items = calls.stream().filter(call -> call.startsWith("p")).distinct().toList();
    assertThat(items).hasSize(80);
    assertThat(calls.size() - items.size()).isBetween(1, 8);
    var spent = Json.parseObject(program.run("budget", "--json").out()).findDouble("spentToday");
    assertThat(spent.orElseThrow())
        .isCloseTo(calls.size() * 0.01, org.assertj.core.data.Offset.offset(1e-6));
    var again = Json.parseObject(program.run("flow", "run", "shared", "who=p0", "--json").out());
    assertThat(again.write()).contains("\"cacheHit\":\"cross-run\"", "did once for all");
  }

  private List<String> calls() throws IOException {
    var file = temp.resolve("calls");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private Json.Obj newest(String flow) {
    return (Json.Obj) runs(flow).getFirst();
  }

  private List<Json> runs(String flow) {
    return Json.parseObject(program.run("flow", "runs", "--json").out()).list("runs").stream()
        .filter(run -> ((Json.Obj) run).text("flow").equals(flow))
        .toList();
  }
}
