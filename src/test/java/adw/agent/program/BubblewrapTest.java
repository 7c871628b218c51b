package adw.agent.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adw.agent.AgentCall;
import adw.agent.Answer;
import adw.os.process.Command;
import adw.os.process.CommandResult;
import adw.spend.Meter;
import adw.spend.Prices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BubblewrapTest {
  @TempDir Path folder;
  private Path repository = Path.of("");
  private Path tree = Path.of("");

  @BeforeEach
  void makeTwoWorktrees() throws Exception {
    folder = folder.toRealPath();
    repository = folder.resolve("repo");
    tree = repository.resolve("trees/mine");
    sh(folder, "git init -q -b main repo");
    sh(repository, "git commit -q --allow-empty -m start");
    sh(repository, "git worktree add -q -b task-mine trees/mine");
    sh(repository, "git worktree add -q -b task-other trees/other");
    sh(repository, "mkdir -p .git/adw/runs/adw_1a2b3c4d .git/adw/runs/adw_00000000");
    sh(repository, "echo secret > .git/adw/journal; echo other > trees/other/file");
    sh(runFolder(), "mkdir tmp result; echo {} > run.json");
    sh(folder, "mkdir home");
  }

  @Test
  void itsWorktreeResultAndTemporaryFolderCanBeWritten() throws Exception {
    inside("echo a > file && echo b > $ADW_RESULT && echo c > $TMPDIR/c");

    assertThat(tree.resolve("file")).hasContent("a");
    assertThat(runFolder().resolve("result/result.json")).hasContent("b");
    assertThat(runFolder().resolve("tmp/c")).hasContent("c");
  }

  @Test
  void itsRunFolderCanBeReadAndNotWritten() throws Exception {
    assertThat(inside("cat $ADW_RUN_DIR/run.json").outText()).isEqualTo("{}\n");
    for (var attack :
        List.of(
            "echo x > $ADW_RUN_DIR/run.json",
            "echo x > $ADW_RUN_DIR/new",
            "mv $ADW_RUN_DIR/run.json $TMPDIR/",
            "rm $ADW_RUN_DIR/run.json",
            "mv $TMPDIR $TMPDIR.old")) {
      assertThat(inside(attack).succeeded()).as(attack).isFalse();
    }
    assertThat(runFolder().resolve("run.json")).hasContent("{}");
  }

  @Test
  void whatLeadsGitToItsSettingsCannotBeChanged() throws Exception {
    for (var attack :
        List.of(
            "echo gitdir: /tmp > .git",
            "rm -rf .git && git init -q .",
            "mv .git other && cp other .git",
            "echo x > ../../.git/worktrees/mine/commondir",
            "rm -f ../../.git/worktrees/mine/commondir",
            "echo x > ../../.git/worktrees/mine/gitdir",
            "mv ../../.git/worktrees/mine/gitdir ../../.git/worktrees/mine/x",
            "git config core.fsmonitor x",
            "echo x > ../../.git/hooks/post-commit",
            "echo x > ../../.git/packed-refs",
            "echo x > ../../.git/info/attributes",
            "echo /tmp > ../../.git/objects/info/alternates")) {
      assertThat(inside(attack).succeeded()).as(attack).isFalse();
    }
    sh(tree, "git status");
  }

  @Test
  void theSettingsOfOneWorktreeCannotBeChangedWhereThereAreSome() throws Exception {
    sh(repository, "git config extensions.worktreeConfig true");
    sh(tree, "git config --worktree user.name Ada");

    assertThat(inside("git config --worktree core.fsmonitor x").succeeded()).isFalse();
    assertThat(inside("git config user.name").outText()).isEqualTo("Ada\n");
  }

  @Test
  void aPlantedRepositoryIsNotTakenForItsOwn() throws Exception {
    sh(folder, "mkdir victim && echo precious > victim/HEAD");
    sh(tree, "mkdir planted && echo gitdir: " + folder + "/victim > planted/.git");

    var attack = "echo x > " + folder + "/victim/HEAD";

    assertThat(run(wrapped(attack, tree.resolve("planted")), tree).succeeded()).isFalse();
    assertThat(folder.resolve("victim/HEAD")).hasContent("precious");
  }

  @Test
  void inThePersonsOwnCheckoutGitIsReadOnly() throws Exception {
    assertThat(run(wrapped("echo x > file", repository), repository).succeeded()).isTrue();
    for (var attack :
        List.of(
            "echo x >> .git/config", "echo x > .git/commondir", "mv .git y", "rm -r .git/refs")) {
      assertThat(run(wrapped(attack, repository), repository).succeeded()).as(attack).isFalse();
    }
  }

  @Test
  void itsOwnBranchFollowsAndANewOneIsMade() throws Exception {
    inside("git commit -q --allow-empty -m mine && git branch new/one && git switch -q -c another");

    assertThat(log("task-mine")).isEqualTo("mine\n");
    assertThat(log("new/one")).isEqualTo("mine\n");
    assertThat(sh(tree, "git symbolic-ref HEAD").outText()).isEqualTo("refs/heads/another\n");
    assertThat(log("another")).isEqualTo("mine\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git update-ref refs/heads/task-other task-mine",
        "git update-ref -d refs/heads/task-other",
        "git update-ref refs/heads/packed task-mine",
        "git symbolic-ref HEAD refs/heads/task-other; git commit -q --allow-empty -m theirs",
        "rm -rf ../../.git/refs/heads/*; mkfifo ../../.git/refs/heads/pipe",
        "mkdir ../../.git/refs/heads/task-other.d; mv ../../.git/refs/heads/task-other x",
        "ln -s /etc/passwd ../../.git/refs/heads/link",
        "printf %040d 1 > ../../.git/refs/heads/nothing",
        "printf %040d 1 > ../../.git/refs/heads/task-mine",
        "rm ../../.git/refs/heads/task-mine",
        "rm -rf ../../.git/logs/refs/heads/*; ln -s /etc/new ../../.git/logs/refs/heads/task-other"
      })
  void noBranchOfOthersIsMovedAndNothingElseIsPutAmongThem(String attack) throws Exception {
    sh(
        repository,
        "git branch packed; git pack-refs --all; git -C trees/other commit -q --allow-empty -m"
            + " other");
    inside("git commit -q --allow-empty -m mine");
    var before = sh(repository, "git for-each-ref").outText();
    var logs = sh(repository, "find .git/logs .git/refs | sort").outText();

    inside(attack);

    assertThat(sh(repository, "git for-each-ref").outText()).isEqualTo(before);
    assertThat(sh(repository, "find .git/logs .git/refs | sort").outText()).isEqualTo(logs);
  }

  @Test
  void itSeesWhereItsBranchWasMovedMeanwhile() throws Exception {
    inside("git commit -q --allow-empty -m mine");

    sh(repository, "git update-ref refs/heads/task-mine main");

    assertThat(inside("git log -1 --format=%s").outText()).isEqualTo("start\n");
    inside("git commit -q --allow-empty -m again");
    assertThat(log("task-mine")).isEqualTo("again\n");
  }

  @Test
  void packedObjectsCannotBeTakenAway() throws Exception {
    sh(repository, "git gc -q");

    inside("rm -rf ../../.git/objects/pack/*");

    assertThat(log("main")).isEqualTo("start\n");
  }

  private String log(String branch) throws Exception {
    return sh(repository, "git log -1 --format=%s " + branch).outText();
  }

  @Test
  void nothingThatItStartedOutlivesIt() throws Exception {
    var started = "setsid sh -c 'sleep 1; echo late > late' > /dev/null 2>&1 < /dev/null & echo ok";

    assertThat(inside(started).outText()).isEqualTo("ok\n");
    await()
        .untilAsserted(() ->
            assertThat(sh(folder, "cat /proc/[0-9]*/cmdline 2> /dev/null; :").outText())
                .doesNotContain("echo late > late'"));
    assertThat(tree.resolve("late")).doesNotExist();
  }

  @Test
  void aCommitCanBeMade() throws Exception {
    var finished = inside("echo a > file && git add file && git commit -q -m made");

    assertThat(finished.errText()).isEmpty();
    assertThat(sh(repository, "git log -1 --format=%s task-mine").outText()).isEqualTo("made\n");
  }

  @Test
  void theRestOfTheDiskIsReadOnly() throws Exception {
    for (var file :
        List.of(
            "../../new",
            "../../.git/config",
            "../../.git/HEAD",
            "../../new",
            "/etc/new",
            "$HOME/new")) {
      assertThat(inside("echo x >> " + file).succeeded()).as(file).isFalse();
    }
    assertThat(inside("cat ../../.git/config").succeeded()).isTrue();
  }

  @Test
  void otherWorktreesAndStateLookEmpty() throws Exception {
    assertThat(inside("ls -A ../other").outText()).isEmpty();
    assertThat(inside("ls -A ../../.git/adw").outText()).isEqualTo("runs\n");
    assertThat(inside("ls -A ../../.git/adw/runs").outText()).isEqualTo("adw_1a2b3c4d\n");
    assertThat(repository.resolve("trees/other/file")).hasContent("other");
  }

  @Test
  void whereItIsMissingTheCallIsRefused() throws Exception {
    var environment = new HashMap<>(environment());
    var bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("cat"), Path.of("/bin/cat"));
    environment.put("PATH", bin.toString());
    var table = PresetChanges.of("mine").argv(List.of("cat"));
    var preset = Presets.BUILT_IN.with(List.of(table)).find("mine").orElseThrow();
    var settings =
        new ProgramSettings(
            folder,
            Prices.NONE,
            Optional.of(Bubblewrap.of(repository.resolve(".git"))),
            InstantSource.system(),
            () -> ZoneOffset.UTC,
            false);

    var answer =
        new AgentProgram(preset, settings).run(AgentCall.of("x", tree, environment), Meter.free());

    assertThat(((Answer.Failed) answer).message())
        .isEqualTo("sandbox = \"bwrap\", but bwrap is not installed (install bubblewrap)");
  }

  private CommandResult inside(String script) throws Exception {
    try {
      return run(wrapped(script, tree), tree);
    } finally {
      Bubblewrap.of(repository.resolve(".git")).settle(tree, environment());
    }
  }

  private List<String> wrapped(String script, Path directory) throws Exception {
    var preset = Presets.BUILT_IN.find("claude").orElseThrow();
    var wrapped =
        Bubblewrap.of(repository.resolve(".git"))
            .allowing(ConfigFolders.of(preset, environment()))
            .tryWrap(List.of("sh", "-c", script), directory, environment());
    assumeTrue(wrapped.isPresent(), "no bwrap");
    assumeTrue(canWrap(), "bwrap may not make namespaces here");
    return wrapped.get();
  }

  private boolean canWrap() throws Exception {
    return run(List.of("bwrap", "--ro-bind", "/", "/", "--unshare-pid", "true"), folder)
        .succeeded();
  }

  private CommandResult sh(Path directory, String script) throws Exception {
    var finished = run(List.of("sh", "-c", script), directory);
    assertThat(finished.succeeded()).as(finished.errText()).isTrue();
    return finished;
  }

  private CommandResult run(List<String> argv, Path directory)
      throws IOException, InterruptedException {
    return new Command(argv, directory, environment(), Duration.ofMinutes(3)).run();
  }

  private Map<String, String> environment() {
    return Map.of(
        "PATH",
        System.getenv("PATH"),
        "HOME",
        folder.resolve("home").toString(),
        "TMPDIR",
        runFolder().resolve("tmp").toString(),
        "ADW_RUN_DIR",
        runFolder().toString(),
        "ADW_RESULT",
        runFolder().resolve("result/result.json").toString(),
        "GIT_CONFIG_NOSYSTEM",
        "1",
        "GIT_AUTHOR_NAME",
        "a",
        "GIT_AUTHOR_EMAIL",
        "a@example.org",
        "GIT_COMMITTER_NAME",
        "a",
        "GIT_COMMITTER_EMAIL",
        "a@example.org");
  }

  private Path runFolder() {
    return folder.resolve("repo/.git/adw/runs/adw_1a2b3c4d");
  }
}
