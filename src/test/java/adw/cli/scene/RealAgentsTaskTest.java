package adw.cli.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import adw.agent.FakeModel;
import adw.agent.program.AgentsFromNpm;
import adw.cli.AdwProgram;
import adw.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real Claude Code and Codex work a task file from end to end, against a scripted model on this
/// machine: a task's text is the script. Run with `-Pagents`.
@Tag("agents")
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class RealAgentsTaskTest {
  private static Optional<FakeModel> running = Optional.empty();

  @TempDir static Path shared;
  @TempDir Path temp;
  private final String scope = "task" + System.nanoTime();

  @BeforeAll
  static void startModel() throws IOException {
    var script = FakeModel.findScript();
    if (script.isEmpty()) {
      abort("NO fake-model.mjs (-De2e=FOLDER): no real agent worked a task");
    }
    running = Optional.of(FakeModel.start(script.get(), shared));
  }

  @AfterAll
  static void stopModel() {
    running.ifPresent(FakeModel::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void aFileMadeByARealToolCallIsCommittedWithItsCost(String agent) throws Exception {
    var program = repository(agent);

    work(program, "WRITE hello.txt <<hi>> ;; USAGE 2000 50 500 ;; SAY all done");

    assertThat(line(program)).startsWith("[✅ ");
    assertThat(program.git("log", "--all", "--format=%B", "-1")).contains("WRITE hello.txt");
    assertThat(program.git("show", branch(program) + ":hello.txt").strip()).isEqualTo("hi");
    var usage = show(program).findObject("usage").orElseThrow();
    assertThat(usage.findLong("input").orElseThrow()).isGreaterThanOrEqualTo(2000);
    assertThat(usage.findDouble("usd").orElseThrow()).isPositive();
    assertThat(program.run("show", "tasks.md:1").out()).contains("build", "$0.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void aRateLimitAndAnOverloadPass(String agent) throws Exception {
    var program = repository(agent);

    work(
        program,
        "FAIL 429 1 retry-after=1 slow down ;; FAIL 529 1 busy ;; WRITE a.txt <<a>> ;; SAY made"
            + " it");

    assertThat(line(program)).startsWith("[✅ ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void aBadRequestFailsTheTaskWithTheServersWords(String agent) throws Exception {
    var program = repository(agent);

    work(program, "FAIL 400 nope");

    assertThat(line(program)).startsWith("[❌, ").contains("nope");
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void aBadKeyNeedsAPerson(String agent) throws Exception {
    var program = repository(agent);

    work(program, "FAIL 401 bad key");

    assertThat(line(program)).startsWith("[❓, ");
    assertThat(program.run("agents").out()).contains("paused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void aRefusedConnectionFailsTheTask(String agent) throws Exception {
    var program = repository(agent, "http://127.0.0.1:1", "");

    work(program, "SAY never");

    assertThat(line(program)).startsWith("[❌, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void anAgentWhoseDaemonIsKilledIsAdopted(String agent) throws Exception {
    var program = repository(agent);
    var mark = "adw-task-" + System.nanoTime();
    program.write("tasks.md", "[] " + sleeping(8, mark) + " ;; WRITE late.txt <<l>> ;; SAY done\n");
    var daemon = program.start("run", "--until-idle");
    await().until(() -> !tools(mark).isEmpty());

    daemon.destroyForcibly().waitFor();
    program.run("run", "--until-idle");

    assertThat(line(program)).startsWith("[✅ ");
    assertThat(program.git("show", branch(program) + ":late.txt").strip()).isEqualTo("l");
  }

  /// Codex tells only at the end of a turn what it has spent.
  @ParameterizedTest
  @ValueSource(strings = "claude")
  void anOverrunBudgetWaitsAndGoesOnInTheSameSession(String agent) throws Exception {
    var program = repository(agent, model().url(scope), "[agent]\nmax_usd = 0.02\n");

    work(
        program,
        "USAGE 9000 100 ;; RUN echo one ;; RUN sleep 3 ;; RUN sleep 3 ;; WRITE b.txt <<b>> ;; SAY"
            + " done");

    assertThat(line(program)).startsWith("[❓, ").contains("of $0.02 for run");
    assertThat(program.run("budget", "tasks.md:1", "+100").code()).isZero();
    program.run("run", "--until-idle");
    assertThat(line(program)).startsWith("[✅ ");
    assertThat(sessions(program)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void aQuestionIsAnsweredInTheSameSession(String agent) throws Exception {
    var program = repository(agent);
    work(program, "RUN echo looking ;; SAY QUESTION: which separator?");
    assertThat(line(program)).startsWith("[❓, ").contains("which separator?");

    program.run("answer", "tasks.md:1", "-m", "WRITE sep.txt <<a comma>> ;; SAY took it");
    program.run("run", "--until-idle");

    assertThat(line(program)).startsWith("[✅ ");
    assertThat(program.git("show", branch(program) + ":sep.txt").strip()).isEqualTo("a comma");
    assertThat(sessions(program)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude", "codex"})
  void stoppingWhileAToolRunsLeavesNoProcess(String agent) throws Exception {
    var program = repository(agent);
    var mark = "adw-task-" + System.nanoTime();
    program.write("tasks.md", "[] " + sleeping(300, mark) + " ;; SAY never\n");
    var daemon = program.start("run");
    await().until(() -> !tools(mark).isEmpty());

    assertThat(program.run("stop").code()).isZero();

    assertThat(daemon.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(tools(mark)).isEmpty();
  }

  private static String sleeping(int seconds, String mark) {
    return "RUN python3 -c 'import time; time.sleep(" + seconds + ")' " + mark;
  }

  private static List<String> tools(String mark) {
    return ProcessHandle.allProcesses()
        .map(one -> one.info().commandLine().orElse(""))
        .filter(line -> line.contains(mark))
        .toList();
  }

  private static void work(AdwProgram program, String script) throws IOException {
    program.write("tasks.md", "[] " + script + "\n").run("run", "--until-idle");
  }

  private static String line(AdwProgram program) throws IOException {
    return program.read("tasks.md").lines().findFirst().orElseThrow();
  }

  private static Json.Obj show(AdwProgram program) {
    return Json.parseObject(program.run("show", "--json", "tasks.md:1").out());
  }

  private static String branch(AdwProgram program) {
    return show(program).findObject("place").orElseThrow().text("branch");
  }

  /// The different sessions that the record of the task's flow names.
  private static List<String> sessions(AdwProgram program) throws IOException {
    var id = show(program).text("id");
    var record = program.folder().resolve(".git/adw/runs/" + id + "/flow/phases.jsonl");
    return Files.readAllLines(record).stream()
        .filter(line -> line.startsWith("{\"in\":"))
        .map(line -> Json.parseObject(line).text("session"))
        .distinct()
        .toList();
  }

  private AdwProgram repository(String agent) throws Exception {
    return repository(agent, model().url(scope), "");
  }

  private AdwProgram repository(String agent, String url, String settings) throws Exception {
    var config = Files.createDirectories(temp.resolve("config")).toString();
    return AdwProgram.in(Files.createDirectories(temp.resolve("repo")))
        .with("PATH", AgentsFromNpm.path(agent))
        .with("CLAUDE_CONFIG_DIR", config)
        .with("ANTHROPIC_BASE_URL", url)
        .with("ANTHROPIC_API_KEY", "sk-test")
        .with("CODEX_HOME", config)
        .with("CODEX_API_KEY", "sk-test")
        .repository()
        .write("adw.toml", SETTINGS + settings + table(agent, url));
  }

  private static final String SETTINGS =
      """
      [trigger]
      settle = "0s"
      [worktree]
      fetch = false
      min_free = "1MB"
      [prices]
      "gpt-5.5" = { in = 2, out = 10, cached = 0.5 }
      """;

  /// Codex takes its server's address only as an argument.
  private static String table(String agent, String url) {
    return agent.equals("claude")
        ? "[agents.claude]\nmodel = \"sonnet\"\n"
        : """
        [agents.codex]
        model = "gpt-5.5"
        argv = ["codex", "exec", "--json", "--dangerously-bypass-approvals-and-sandbox", "--skip-git-repo-check",
          "-c", "analytics.enabled=false", "--disable", "plugins", "--disable",
          "unbounded_connection_retries", "-c", "model_provider=fake",
          "-c", 'model_providers.fake={name="fake",base_url="%s/v1",env_key="CODEX_API_KEY",wire_api="responses",request_max_retries=2,stream_max_retries=2}']
        """
            .formatted(url);
  }

  private static FakeModel model() {
    return running.orElseThrow();
  }
}
