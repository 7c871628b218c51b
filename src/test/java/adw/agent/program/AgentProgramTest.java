package adw.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import adw.Patience;
import adw.agent.AgentCall;
import adw.agent.Answer;
import adw.agent.CallLimits;
import adw.agent.CallOptions;
import adw.agent.FailureKind;
import adw.agent.LastMessage;
import adw.agent.output.CappedText;
import adw.spend.CostSource;
import adw.spend.Meter;
import adw.spend.Price;
import adw.spend.Prices;
import adw.spend.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs of a few lines of sh in place of agents.
class AgentProgramTest {
  private static final String ANSWER =
      """
      echo '{"type":"thread.started","thread_id":"t1"}'
      echo '{"type":"item.completed","item":{"type":"agent_message","text":"done it"}}'
      echo '{"type":"turn.completed","usage":{"input_tokens":1000,"cached_input_tokens":200,"output_tokens":10}}'
      """;

  @TempDir Path folder;

  @Test
  void thePromptGoesInAndTheAnswerComesOut() throws Exception {
    var answer = run("cat > prompt.txt\n" + ANSWER, call("say \"hi\"\n"));

    assertThat(answer)
        .isEqualTo(
            new Answer.Done(
                new LastMessage(
                    "done it",
                    Optional.of("t1"),
                    Optional.empty(),
                    new Usage(800, 10, 200, 0, 1),
                    CostSource.UNKNOWN,
                    1)));
    assertThat(folder.resolve("prompt.txt")).hasContent("say \"hi\"\n");
  }

  @Test
  void aResumedSessionCostsOnlyWhatWasAdded() throws Exception {
    run(ANSWER, call("first"));

    var second =
        run(
            ANSWER.replace("1000", "1500").replace(":10}", ":25}"),
            call("second").with(CallOptions.NONE.withSession("t1")));

    assertThat(second.usage()).isEqualTo(new Usage(500, 15, 0, 0, 1));
  }

  @Test
  void tokensOfAModelWithAPriceHaveACost() throws Exception {
    var call = call("x").with(CallOptions.NONE.withModel("gpt-5-codex"));

    var answer = run(ANSWER, call);

    assertThat(answer.usage().usd()).isEqualTo((800 * 2.0 + 10 * 10.0 + 200 * 0.5) / 1e6);
    assertThat(answer.said().costing()).isEqualTo(CostSource.PRICED);
  }

  @Test
  void aProgramThatIsNotThereIsASetupError() throws Exception {
    var presets = Presets.BUILT_IN.with(List.of(PresetChanges.of("mine").argv(List.of("no-such"))));

    var answer = program(presets.find("mine").orElseThrow()).run(call("x"), Meter.free());

    assertThat(((Answer.Failed) answer).kind()).isEqualTo(FailureKind.SETUP);
    assertThat(((Answer.Failed) answer).message()).isEqualTo("mine: 'no-such' is not installed");
  }

  @Test
  void aProgramThatTakesTooLongIsEndedWithItsTools() throws Exception {
    var answer =
        run(
            "setsid sleep 300 & echo $! > tool; wait",
            call("x").with(CallLimits.DEFAULT.withTime(Duration.ofSeconds(1))));

    assertThat(answer).isEqualTo(killed("no end after 1s"));
    assertIsGone("tool");
  }

  @Test
  void aProgramThatIsSilentAndDoesNothingIsEnded() throws Exception {
    var answer =
        run(
            "echo '{\"type\":\"turn.started\"}'; sleep 300",
            call("x").with(CallLimits.DEFAULT.withSilence(Duration.ofSeconds(2))));

    assertThat(answer).isEqualTo(killed("no output for 2s"));
  }

  @Test
  void aProgramThatIsSilentAndWorksIsNot() throws Exception {
    // A sixth of one processor is enough, for a machine that is busy otherwise.
    var work = "end=$(($(date +%s) + 8)); while [ $(date +%s) -lt $end ]; do :; done\n";

    var answer =
        run(work + ANSWER, call("x").with(CallLimits.DEFAULT.withSilence(Duration.ofSeconds(6))));

    assertThat(answer).isInstanceOf(Answer.Done.class);
  }

  @Test
  void aProgramThatLingersAfterItsAnswerIsEndedAndItsAnswerStands() throws Exception {
    var start = System.nanoTime();

    var answer = run(ANSWER + "sleep 300", call("x"));

    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(10), Duration.ofMinutes(4));
  }

  @Test
  void whatAProgramLeavesBehindIsEnded() throws Exception {
    var answer = run("setsid sleep 300 > log & echo $! > tool\n" + ANSWER, call("x"));

    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertIsGone("tool");
  }

  @Test
  void aMeterStopsAProgramWhileItRuns() throws Exception {
    var seen = new ArrayList<Double>();
    var program =
        program(preset("pi-json", spend("0.5") + "sleep 1\n" + spend("0.6") + "sleep 300"));

    var answer =
        program.run(
            call("x"),
            usage -> {
              seen.add(usage.usd());
              return usage.usd() > 1 ? Optional.of("enough") : Optional.empty();
            });

    assertThat(((Answer.Failed) answer).kind()).isEqualTo(FailureKind.BUDGET);
    assertThat(((Answer.Failed) answer).message()).isEqualTo("enough");
    assertThat(answer.usage().usd()).isEqualTo(1.1);
    assertThat(seen).contains(0.5, 1.1);
  }

  @Test
  void theBudgetOfACallIsEnforcedWhileItRuns() throws Exception {
    var program = program(preset("pi-json", spend("0.5") + "sleep 300"));

    var answer = program.run(call("x").with(CallLimits.DEFAULT.withUsd(0.3)), Meter.free());

    assertThat(((Answer.Failed) answer).message()).isEqualTo("spent $0.50 of $0.30");
  }

  @Test
  void anInterruptEndsTheProgramAndItsTools() throws Exception {
    var program = program(preset("codex-jsonl", "setsid sleep 300 & echo $! > tool; wait"));
    var thrown = new AtomicReference<Throwable>();
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                program.run(call("x"), Meter.free());
              } catch (IOException | InterruptedException e) {
                thrown.set(e);
              }
            });
    Awaitility.await().until(() -> Files.exists(folder.resolve("tool")));

    thread.interrupt();
    assertThat(thread.join(Patience.LONG)).isTrue();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertIsGone("tool");
  }

  @Test
  void marksOfASurroundingAgentAreTakenOutOfItsEnvironment() throws Exception {
    var call =
        AgentCall.of(
            "x",
            folder,
            Map.of(
                "PATH", "/usr/bin:/bin",
                "CLAUDECODE", "1",
                "GIT_DIR", "/x",
                "ADW_RUN_ID", "adw_1a2b3c4d",
                "CLAUDE_CODE_MAX_OUTPUT_TOKENS", "9"));

    run("env > env.txt\n" + ANSWER, call);

    assertThat(Files.readAllLines(folder.resolve("env.txt")))
        .contains("ADW_RUN_ID=adw_1a2b3c4d", "CLAUDE_CODE_MAX_OUTPUT_TOKENS=9")
        .noneMatch(line -> line.startsWith("CLAUDECODE=") || line.startsWith("GIT_DIR="))
        .anyMatch(line -> line.startsWith("ADW_CALL="));
  }

  @Test
  void aFileOfInstructionsServesAllCallsOfTheProcess() throws Exception {
    var call = call("x").with(CallOptions.NONE.withInstructions("critic", "Be strict."));
    var program =
        program(
            preset(
                "pi-json",
                "cp \"$2\" seen.txt; basename \"$2\" > name.txt; echo"
                    + " '{\"type\":\"message_end\",\"message\":{\"role\":\"assistant\",\"content\":[]}}'"));

    var answer = program.run(call, Meter.free());
    program.run(call, Meter.free());

    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(folder.resolve("seen.txt")).hasContent("Be strict.");
    assertThat(folder.resolve("name.txt")).hasContent("prompt-critic.md");
    try (var left = Files.walk(folder.resolve("tmp"))) {
      assertThat(left.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  @Test
  void aHugeOutputIsReadAndBounded() throws Exception {
    var answer =
        run(
            """
            printf '{"type":"item.completed","item":{"type":"agent_message","text":"'
            head -c 50000000 /dev/zero | tr '\\0' x
            printf '"}}\\n{"type":"turn.completed"}\\n'
            """,
            call("x"));

    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(answer.text()).endsWith(CappedText.MARK);
  }

  private static String spend(String usd) {
    return """
    echo '{"type":"message_end","message":{"role":"assistant","stopReason":"toolUse",\
    "usage":{"input":1,"output":1,"cost":{"total":%s}}}}'
    """
        .formatted(usd);
  }

  private Answer run(String script, AgentCall call) throws Exception {
    return program(preset("codex-jsonl", script)).run(call, Meter.free());
  }

  private Preset preset(String output, String script) throws IOException {
    var file = folder.resolve("agent.sh");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    var table =
        PresetChanges.of("mine")
            .argv(List.of(file.toString()))
            .output(OutputFormat.find(output).orElseThrow());
    return Presets.BUILT_IN.with(List.of(table)).find("mine").orElseThrow();
  }

  private AgentProgram program(Preset preset) {
    var prices = new Prices(Map.of("gpt-5", new Price(2, 10, 0.5)));
    return new AgentProgram(
        preset,
        new ProgramSettings(
            folder.resolve("memory"),
            prices,
            Optional.empty(),
            InstantSource.system(),
            () -> ZoneOffset.UTC,
            false));
  }

  private AgentCall call(String prompt) throws IOException {
    var temporary = Files.createDirectories(folder.resolve("tmp"));
    return AgentCall.of(
        prompt, folder, Map.of("PATH", "/usr/bin:/bin", "TMPDIR", temporary.toString()));
  }

  private Answer.Failed killed(String message) {
    return new Answer.Failed(
        new LastMessage(
            "",
            Optional.empty(),
            Optional.empty(),
            new Usage(0, 0, 0, 0, 1),
            CostSource.UNKNOWN,
            0),
        FailureKind.KILLED,
        message,
        Optional.empty());
  }

  /// A moment may pass until whoever inherits a process takes note of its end.
  private void assertIsGone(String file) throws IOException {
    var pid = Long.parseLong(Files.readString(folder.resolve(file)).strip());
    Awaitility.await()
        .until(() -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false), is -> !is);
  }
}
