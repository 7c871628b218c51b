package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import adw.json.Json;
import adw.os.process.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// adw's own processes are suspended or killed, or its settings break, while it works: what it has
/// started is known all the same.
@Timeout(180)
class OwnProcessesTest {
  private static final String SETTINGS =
      "[trigger]\nsettle = \"0s\"\npoll = \"1s\"\n[worktree]\nfetch = false\nmin_free = \"1MB\"\n";
  private static final String SLEEPS = "[] `echo $$ >> ../../pids; exec sleep 300` #sh\n";

  @TempDir Path temp;

  @SuppressWarnings("NullAway.Init")
  private AdwProgram program;

  @SuppressWarnings("NullAway.Init")
  private Process started;

  @BeforeEach
  void create() throws Exception {
    program =
        AdwProgram.in(Files.createDirectories(temp.resolve("repo")).toRealPath())
            .repository()
            .write(".git/info/exclude", "/tasks.md\n/adw.toml\n/trees/\n/pids\n/adws/\n")
            .write("adw.toml", SETTINGS)
            .write("tasks.md", SLEEPS);
  }

  @AfterEach
  void end() throws Exception {
    if (started != null) {
      started.destroyForcibly().waitFor();
    }
    for (var pid : pids()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /// `echo $$ >> pids` is what they all begin with.
  private List<Long> pids() throws Exception {
    var file = program.folder().resolve("pids");
    return Files.exists(file)
        ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
        : List.of();
  }

  private void start(String... args) throws Exception {
    started = program.start(args);
    await().until(() -> pids().size() == 1);
  }

  private void kill() throws Exception {
    started.destroyForcibly().waitFor();
    assertThat(isAlive(pids().getFirst())).isTrue();
  }

  private static boolean isAlive(long pid) {
    return ProcessIdentity.of(pid).isPresent();
  }

  private void assertAllEnded() throws Exception {
    assertThat(pids()).noneMatch(OwnProcessesTest::isAlive);
  }

  private String shown() throws Exception {
    return program.read("tasks.md").replaceAll("adw_[0-9a-f]{8}", "ID");
  }

  private String run() {
    return Json.parseObject(program.run("show", ":1", "--json").out()).text("id");
  }

  @Test
  void whatLooksEndsOrAsksWorksWhileTheSettingsAreBroken() throws Exception {
    start("run");
    var run = run();
    program.write("adw.toml", "[trigger]\nmax_concurrent = many\n");

    for (var words : List.of("status", "tasks", "show :1", "logs :1", "pause", "resume")) {
      var ended = program.run(words.split(" "));
      assertThat(ended.code()).as(words).isZero();
      assertThat(ended.err())
          .as(words)
          .contains("adw.toml:2: ", "this works with what it said when adw last ran");
    }
    assertThat(program.run("cancel", run).code()).isZero();
    await().until(() -> shown().startsWith("[⊘, ID] ") && shown().endsWith("by adw cancel\n"));
    assertThat(program.run("stop").code()).isZero();

    assertThat(started.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertAllEnded();
    assertThat(program.run("run", "--until-idle").code()).as("what would start").isEqualTo(5);
  }

  @Test
  void aSuspendedLoopIsNamedAndWhatItRunsIsEndedByStop() throws Exception {
    start("run");
    program.exec("kill", "-STOP", Long.toString(started.pid()));
    var words = "adw run (pid %1$d, suspended: kill -CONT %1$d".formatted(started.pid());

    assertThat(program.run("status").err()).contains(words);
    assertThat(program.run("cancel", run()).err()).contains(words);
    var stopped = program.run("stop");

    assertThat(stopped.code()).isZero();
    assertThat(stopped.out()).isEqualTo("1 run ended, all work is kept\n");
    assertThat(started.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertAllEnded();
    assertThat(shown()).startsWith("[⊘, ID] ");
  }

  @Test
  void stopEndsTheSshOfTheFetchThatALoopBeginsWith() throws Exception {
    remoteThatHangs();
    start("run");

    var stopped = program.run("stop");

    assertThat(stopped.code()).isZero();
    assertThat(stopped.out()).isEqualTo("adw run has left; no task was running\n");
    assertThat(started.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertAllEnded();
    assertThat(shown()).isEqualTo(SLEEPS);
  }

  @Test
  void theSshThatAKilledLoopHasLeftIsEndedByStop() throws Exception {
    remoteThatHangs();
    start("run");
    kill();

    assertThat(program.run("stop").code()).isZero();

    assertAllEnded();
  }

  private void remoteThatHangs() throws Exception {
    program.write("adw.toml", SETTINGS.replace("fetch = false", "fetch = true"));
    program.git("remote", "add", "origin", "ssh://nowhere.invalid/x.git");
    program.git("update-ref", "refs/remotes/origin/main", "HEAD");
    program.git("branch", "-q", "--set-upstream-to=origin/main", "main");
    var pids = program.folder().resolve("pids");
    program.write("../bin/ssh", "#!/bin/sh\necho $$ >> " + pids + "\nsleep 300\n");
    program.exec("chmod", "+x", "../bin/ssh");
    program.with("PATH", temp.toRealPath().resolve("bin") + ":" + System.getenv("PATH"));
  }

  @Test
  void theCommandThatAKilledLoopHasToldIsEndedByStop() throws Exception {
    program
        .write("adw.toml", SETTINGS + "[notify]\ncommand = [\"./tell.sh\"]\n")
        .write("tell.sh", "#!/bin/sh\necho $$ >> pids\nexec sleep 300\n")
        .write("tasks.md", "[] `echo x > x` #sh\n");
    program.exec("chmod", "+x", "tell.sh");
    start("run");
    kill();

    assertThat(program.run("stop").code()).isZero();

    assertAllEnded();
  }

  /// What it was about to do is done anew: never by two at once.
  @Test
  void aResumedFlowFirstEndsTheAgentThatAKilledOneHasLeft() throws Exception {
    program
        .agent(
            "mine",
            """
            #!/bin/sh
            pids=%1$s/pids
            if test -e "$pids"; then
              grep -q sleep "/proc/$(head -1 "$pids")/cmdline" && touch %1$s/beside
            else
              echo $$ >> "$pids"
              exec sleep 300
            fi
            echo '{"type":"agent_end"}'
            """
                .formatted(program.folder()),
            "")
        .write("adws/f.json", "{\"name\":\"f\",\"phases\":[{\"id\":\"a\",\"task\":\"do it\"}]}\n");
    start("flow", "run", "f");
    kill();

    program.run("flow", "resume", flowRun());

    assertAllEnded();
    assertThat(program.folder().resolve("beside")).doesNotExist();
  }

  private String flowRun() {
    return program.run("flow", "runs").out().replaceAll("(?s).*\\b(f-\\w+-\\w+).*", "$1");
  }
}
