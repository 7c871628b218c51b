package adw.agent.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adw.agent.AgentCall;
import adw.agent.AgentPauses;
import adw.agent.Answer;
import adw.agent.CallLimits;
import adw.agent.CallOptions;
import adw.agent.FailureKind;
import adw.agent.FakeModel;
import adw.os.process.ProgramPath;
import adw.run.AgentReport;
import adw.spend.CostSource;
import adw.spend.Meter;
import adw.spend.Price;
import adw.spend.Prices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real programs against a scripted model on this machine: no network, dummy keys. Run with
/// `-Pagents`; `AgentsFromNpm` says where the programs come from.
@Tag("agents")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class RealAgentsTest {
  private static Optional<FakeModel> running = Optional.empty();

  @TempDir static Path shared;
  @TempDir Path folder;
  private Path tree = Path.of("");
  private String scope = "";

  @BeforeAll
  static void startModel() throws IOException {
    var script = FakeModel.findScript();
    if (script.isEmpty()) {
      abort("no fake-model.mjs: set -De2e=FOLDER; no real program was tested");
    }
    running = Optional.of(FakeModel.start(script.get(), shared));
  }

  @AfterAll
  static void stopModel() {
    running.ifPresent(FakeModel::close);
  }

  @BeforeEach
  void makeTree(TestInfo test) throws Exception {
    tree = Files.createDirectories(folder.resolve("tree"));
    scope = test.getTestMethod().orElseThrow().getName() + System.nanoTime();
    new ProcessBuilder("git", "init", "-q", tree.toString()).start().waitFor();
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void aFileIsMadeByARealToolCall(String name) throws Exception {
    var answer =
        run(name, "WRITE hello.txt <<hi>> ;; RUN echo one ;; USAGE 2000 50 500 ;; SAY all done");

    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(answer.text()).isEqualTo("all done");
    assertThat(tree.resolve("hello.txt")).hasContent("hi");
    assertThat(answer.usage().input()).isEqualTo(4000);
    assertThat(answer.usage().output()).isEqualTo(250);
    assertThat(answer.usage().cached()).isEqualTo(500);
    assertThat(answer.usage().usd()).isGreaterThan(0.01);
    assertThat(answer.said().costing())
        .isEqualTo(name.equals("claude") ? CostSource.REPORTED : CostSource.PRICED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void aRateLimitAndAnOverloadAreGotOver(String name) throws Exception {
    var answer = run(name, "FAIL 429 1 retry-after=1 slow down ;; FAIL 529 1 busy ;; SAY made it");

    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(answer.text()).isEqualTo("made it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void aBadRequestFails(String name) throws Exception {
    var answer = failed(run(name, "FAIL 400 nope"));

    assertThat(answer.kind()).isEqualTo(FailureKind.OTHER);
    assertThat(answer.message()).contains("nope");
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void aBadKeyNeedsAPerson(String name) throws Exception {
    assertThat(failed(run(name, "FAIL 401 bad key")).kind()).isEqualTo(FailureKind.AUTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void aRateLimitThatStaysIsToldApart(String name) throws Exception {
    assertThat(failed(run(name, "FAIL 429 slow down")).kind()).isEqualTo(FailureKind.RATE_LIMIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void aRefusedConnectionEnds(String name) throws Exception {
    var call = call(name, "SAY never", "http://127.0.0.1:1");

    var answer = failed(program(name, "http://127.0.0.1:1").run(call, Meter.free()));

    assertThat(answer.kind()).isEqualTo(FailureKind.OVERLOADED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex", "gemini", "opencode", "pi", "qwen"})
  void endingItWhileAToolRunsLeavesNoProcess(String name) throws Exception {
    var mark = "adw-test-" + System.nanoTime();
    var prompt = "RUN python3 -c 'import time; time.sleep(300)' " + mark + " ;; SAY never";
    var url = model().url(scope);
    var program = program(name, url);

    var answer =
        failed(
            program.run(
                call(name, prompt, url),
                _ -> processes(mark).isEmpty() ? Optional.empty() : Optional.of("it runs")));

    assertThat(answer.message()).isEqualTo("it runs");
    assertThat(processes(mark)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void aQuestionIsAnsweredInTheSameSession(String name) throws Exception {
    var first = run(name, "RUN echo looking ;; SAY QUESTION: which separator?");

    assertThat(AgentReport.of(first.text()))
        .isEqualTo(new AgentReport.Question("which separator?"));

    var wishes = CallOptions.NONE.withSession(first.session().orElseThrow());
    var url = model().url(scope);
    var second =
        program(name, url)
            .run(
                call(name, "USAGE 100 10 ;; SAY a comma", url).with(wishes(name, wishes)),
                Meter.free());

    assertThat(second).isInstanceOf(Answer.Done.class);
    assertThat(second.session()).isEqualTo(first.session());
    assertThat(second.usage().input()).isEqualTo(100);
    assertThat(second.usage().output()).isEqualTo(10);
    assertThat(second.usage().usd())
        .isCloseTo(name.equals("claude") ? 0.0006 : 0.0003, offset(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void aSessionThatIsGoneIsToldApart(String name) throws Exception {
    var url = model().url(scope);
    var wishes = CallOptions.NONE.withSession("11111111-2222-3333-4444-555555555555");

    var answer =
        failed(
            program(name, url)
                .run(call(name, "SAY x", url).with(wishes(name, wishes)), Meter.free()));

    assertThat(answer.kind()).isEqualTo(FailureKind.SESSION);
  }

  @Test
  void aBudgetStopsClaude() throws Exception {
    var url = model().url(scope);
    var call =
        call("claude", "RUN echo one ;; RUN echo two ;; SAY never", url)
            .with(CallLimits.DEFAULT.withUsd(0.001));

    var answer = failed(program("claude", url).run(call, Meter.free()));

    assertThat(answer.kind()).isEqualTo(FailureKind.BUDGET);
    assertThat(answer.usage().usd()).isGreaterThan(0.001);
    assertThat(answer.session()).isPresent();
  }

  @Test
  void turnsAreLimitedForClaude() throws Exception {
    var url = model().url(scope);
    var call =
        call("claude", "RUN echo one ;; RUN echo two ;; SAY never", url)
            .with(CallLimits.DEFAULT.withTurns(1));

    assertThat(failed(program("claude", url).run(call, Meter.free())).kind())
        .isEqualTo(FailureKind.LIMIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void instructionsReachTheModel(String name) throws Exception {
    var url = model().url(scope);
    var wishes = CallOptions.NONE.withInstructions("critic", "Speak like a pirate, adw says.");

    var answer =
        program(name, url).run(call(name, "SAY aye", url).with(wishes(name, wishes)), Meter.free());

    assertThat(answer).isInstanceOf(Answer.Done.class);
  }

  @Test
  void bothAreFoundWithTheirVersions() throws Exception {
    for (var name : List.of("claude", "codex")) {
      var environment = environment(name, "http://127.0.0.1:1");
      var pauses = new AgentPauses(folder.resolve("paused"), InstantSource.system());
      var roster = new InstalledAgents(Presets.BUILT_IN, pauses, tree, environment);

      var listed =
          roster.list().stream().filter(one -> one.preset().name().equals(name)).findFirst();

      assertThat(listed.orElseThrow().version())
          .hasValueSatisfying(v -> assertThat(v).contains("."));
      assertThat(listed.orElseThrow().login()).isInstanceOf(Login.Key.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void inASandboxItWritesItsWorktreeAndNothingElse(String name) throws Exception {
    var environment = environment(name, "");
    assumeTrue(ProgramPath.find("bwrap", tree, environment).isPresent(), "no bwrap");
    var outside = folder.resolve("outside.txt");
    var url = model().url(scope);

    var answer =
        program(name, url, Optional.of(Bubblewrap.of(tree.resolve(".git"))))
            .run(
                call(
                    name,
                    "WRITE hello.txt <<hi>> ;; RUN echo x > " + outside + " ;; SAY all done",
                    url),
                Meter.free());

    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(tree.resolve("hello.txt")).hasContent("hi");
    assertThat(outside).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemini", "opencode", "pi", "qwen"})
  void theOthersMakeAFileToo(String name) throws Exception {
    var answer = run(name, "WRITE hello.txt <<hi>> ;; USAGE 2000 50 500 ;; SAY all done");

    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(answer.text()).isEqualTo("all done");
    assertThat(tree.resolve("hello.txt")).hasContent("hi");
    assertThat(answer.usage().cached()).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemini", "opencode", "pi", "qwen"})
  void theOthersFailOnABadRequestToo(String name) throws Exception {
    var answer = failed(run(name, "FAIL 400 nope"));

    assertThat(answer.kind()).isEqualTo(FailureKind.OTHER);
    assertThat(answer.message()).contains("nope");
  }

  private Answer run(String name, String prompt) throws Exception {
    var url = model().url(scope);
    return program(name, url).run(call(name, prompt, url), Meter.free());
  }

  private static Answer.Failed failed(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return (Answer.Failed) answer;
  }

  private AgentCall call(String name, String prompt, String url)
      throws IOException, InterruptedException {
    return AgentCall.of(prompt, tree, environment(name, url)).with(wishes(name, CallOptions.NONE));
  }

  /// A name that the program knows, where it must know it.
  private static CallOptions wishes(String name, CallOptions wishes) {
    return switch (name) {
      case "codex" -> wishes.withModel("gpt-5.5");
      case "opencode" -> wishes.withModel("anthropic/claude-sonnet-4-5");
      case "pi" -> wishes.withModel("fake/fake-model");
      default -> wishes;
    };
  }

  private AgentProgram program(String name, String url) {
    return program(name, url, Optional.empty());
  }

  private AgentProgram program(String name, String url, Optional<Bubblewrap> sandbox) {
    var prices = new Prices(Map.of("gpt-5.5", new Price(2, 10, 0.5)));
    return new AgentProgram(
        preset(name, url),
        new ProgramSettings(
            folder.resolve("memory"),
            prices,
            sandbox,
            InstantSource.system(),
            () -> ZoneOffset.UTC,
            isRoot()));
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /// Codex takes its server's address only as an argument.
  private static Preset preset(String name, String url) {
    var preset = Presets.BUILT_IN.find(name).orElseThrow();
    if (name.equals("qwen")) {
      return with(preset, List.of("--auth-type", "openai"));
    }
    if (!name.equals("codex")) {
      return preset;
    }
    return with(
        preset,
        List.of(
            "-c",
            "model_provider=fake",
            "-c",
            "model_providers.fake={name=\"fake\",base_url=\""
                + url
                + "/v1\",env_key=\"CODEX_API_KEY\",wire_api=\"responses\",request_max_retries=2,stream_max_retries=2}"));
  }

  private static Preset with(Preset preset, List<String> more) {
    var argv = new ArrayList<>(preset.call().argv());
    argv.addAll(more);
    var table = PresetChanges.of(preset.name()).argv(argv);
    return Presets.BUILT_IN.with(List.of(table)).find(preset.name()).orElseThrow();
  }

  private Map<String, String> environment(String name, String url)
      throws IOException, InterruptedException {
    var environment = new HashMap<String, String>();
    environment.put("PATH", AgentsFromNpm.path(name));
    environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
    environment.put("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("ADW_RUN_ID", "adw_1a2b3c4d");
    var config = Files.createDirectories(folder.resolve("config")).toString();
    environment.put("CLAUDE_CONFIG_DIR", config);
    environment.put("ANTHROPIC_BASE_URL", url);
    environment.put("ANTHROPIC_API_KEY", "sk-test");
    environment.put("CODEX_HOME", config);
    environment.put("CODEX_API_KEY", "sk-test");
    redirectOthers(environment, url, Path.of(config));
    return environment;
  }

  private static void redirectOthers(Map<String, String> environment, String url, Path config)
      throws IOException {
    environment.put("GEMINI_CLI_HOME", config.toString());
    environment.put("GOOGLE_GEMINI_BASE_URL", url);
    environment.put("GEMINI_API_KEY", "sk-test");
    Files.createDirectories(config.resolve(".gemini"));
    Files.writeString(
        config.resolve(".gemini/settings.json"),
        """
        {"security":{"auth":{"selectedType":"gemini-api-key"}},
         "general":{"enableAutoUpdate":false,"maxAttempts":2},
         "privacy":{"usageStatisticsEnabled":false}}
        """);
    environment.put("OPENAI_API_KEY", "sk-test");
    environment.put("OPENAI_BASE_URL", url + "/v1");
    environment.put("OPENAI_MODEL", "fake-model");
    environment.put("PI_OFFLINE", "1");
    environment.put("PI_CODING_AGENT_DIR", config.toString());
    Files.writeString(
        config.resolve("models.json"),
        """
        {"providers":{"fake":{"baseUrl":"%s/v1","api":"openai-completions","apiKey":"OPENAI_API_KEY",
         "models":[{"id":"fake-model","cost":{"input":3,"output":15,"cacheRead":0.3,"cacheWrite":3.75}}]}}}
        """
            .formatted(url));
    environment.put("OPENCODE_DISABLE_MODELS_FETCH", "1");
    environment.put(
        "OPENCODE_CONFIG_CONTENT",
        """
        {"autoupdate":false,"share":"disabled",
         "provider":{"anthropic":{"options":{"baseURL":"%s/v1","apiKey":"sk-test"}}}}\
        """
            .formatted(url));
  }

  private static FakeModel model() {
    return running.orElseThrow();
  }

  private static List<String> processes(String mark) {
    return ProcessHandle.allProcesses()
        .map(one -> one.info().commandLine().orElse(""))
        .filter(line -> line.contains(mark))
        .toList();
  }
}
