package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adw.agent.program.Bubblewrap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With a sandbox nothing that works in a worktree, and nothing that it left there, does anything
/// outside: what the daemon starts among its files is started within the same bounds.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EnclosedRunTest {
  @TempDir Path folder;
  private DaemonSandbox sandbox;
  private Path outside;

  @BeforeEach
  void createSandbox() throws Exception {
    folder = folder.toRealPath();
    var probe = List.of("bwrap", "--ro-bind", "/", "/", "--unshare-pid", "true");
    var environment = Map.of("PATH", System.getenv("PATH"));
    assumeTrue(isPossible(probe, environment), "bwrap is missing, or may not make namespaces");
    sandbox = DaemonSandbox.create(folder);
    sandbox.enclose(Bubblewrap.of(sandbox.root.resolve(".git")));
    outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("victim"), "precious\n");
  }

  private boolean isPossible(List<String> argv, Map<String, String> environment)
      throws InterruptedException {
    try {
      return new adw.os.process.Command(argv, folder, environment, Duration.ofMinutes(3))
          .run()
          .succeeded();
    } catch (java.io.IOException missing) {
      return false;
    }
  }

  /// `$OUT` is a folder that only what is outside can write.
  private String result(String script) throws Exception {
    sandbox.workflow("w", "OUT=" + outside + "\n" + script).tasks("[] Task #w\n");
    sandbox.runUntilIdle();
    assertThat(outside.resolve("victim")).hasContent("precious");
    try (var found = Files.list(outside)) {
      assertThat(found.map(file -> file.getFileName().toString())).containsExactly("victim");
    }
    return sandbox.shown();
  }

  @Test
  void workIsCommittedAsEver() throws Exception {
    assertThat(result("echo work > a; git add a; git commit -q -m mine; echo more > b"))
        .isEqualTo("[✅ HASH, ID] Task #w\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git init -q s; cd s; git config core.fsmonitor \"touch $OUT/x; false\"; git -c user.name=a"
            + " -c user.email=a@b commit -q --allow-empty -m s; cd ..; git add s",
        "git config core.fsmonitor \"touch $OUT/x; false\" || true",
        "git config --worktree core.fsmonitor \"touch $OUT/x; false\" || true",
        "rm -f .git && git init -q . && git config core.fsmonitor \"touch $OUT/x\" || true",
        "g=$(git rev-parse --git-dir); (echo $PWD/h > $g/commondir) 2> /dev/null || true",
        "g=$(git rev-parse --git-common-dir); mkdir -p $g/hooks 2> /dev/null || true;"
            + " (printf '#!/bin/sh\\ntouch %s/x' $OUT > $g/hooks/pre-commit) 2> /dev/null || true"
      })
  void noSettingOfGitThatAnAgentPlantsIsObeyedOutside(String attack) throws Exception {
    assertThat(result(attack + "\necho work > a\n")).startsWith("[");
  }

  @Test
  void aHookInTheTreeRunsWithinTheSandbox() throws Exception {
    sandbox.git("config", "core.hooksPath", ".husky");

    var shown =
        result(
            "mkdir .husky; printf '#!/bin/sh\\necho hooked > hooked; touch %s/x; true' $OUT"
                + " > .husky/pre-commit; chmod +x .husky/pre-commit; echo work > a");

    assertThat(shown).startsWith("[✅ HASH, ID] Task #w");
  }

  @Test
  void aFilterOnTheTreesFilesRunsWithinTheSandbox() throws Exception {
    sandbox.git("config", "filter.f.clean", "sh ./clean.sh");

    var shown =
        result(
            "echo '*.txt filter=f' > .gitattributes; echo work > a.txt;"
                + " printf 'touch %s/x 2> /dev/null; tr a-z A-Z' $OUT > clean.sh");

    assertThat(shown).isEqualTo("[✅ HASH, ID] Task #w\n");
    var id = sandbox.runs().getFirst().id();
    assertThat(sandbox.git("show", "task-" + id + ":a.txt")).isEqualTo("WORK");
  }

  @Test
  void verifyAndSetUpOfTheTreeRunWithinTheSandbox() throws Exception {
    sandbox.settings =
        sandbox.withVerify(
            "test ! -e check.sh || sh ./check.sh", "touch " + outside + "/x || true");

    assertThat(result("echo \"touch $OUT/x 2> /dev/null; true\" > check.sh"))
        .isEqualTo("[✅ HASH, ID] Task #w\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo x > \"$ADW_RUN_DIR/run.json\"",
        "echo x > \"$ADW_RUN_DIR/prompt.md\"",
        "rm -rf \"$ADW_RUN_DIR/proc\"",
        "ln -s \"$OUT/victim\" \"$ADW_RUN_DIR/events\"",
        "ls \"$ADW_RUN_DIR/../../journal\"/*"
      })
  void theRecordOfTheRunIsOutOfItsReach(String attack) throws Exception {
    assertThat(result("if " + attack + " 2> /dev/null; then exit 1; fi; echo work > a"))
        .isEqualTo("[✅ HASH, ID] Task #w\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkfifo $ADW_RESULT",
        "ln -s $OUT/victim $ADW_RESULT",
        "ln -s /dev/zero $ADW_RESULT",
        "head -c 3000000 /dev/zero > $ADW_RESULT",
        "mkdir $ADW_RESULT"
      })
  void aResultThatIsNoSmallFileIsNoResult(String attack) throws Exception {
    assertThat(result(attack + "; echo work > a")).startsWith("[✅ HASH, ID] Task #w");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rm $g/logs/HEAD; ln -s $OUT/victim $g/logs/HEAD",
        "rm -f $g/ORIG_HEAD; ln -s $OUT/victim $g/ORIG_HEAD",
        "rm $g/index; mkfifo $g/index",
        "mkfifo $g/MERGE_MSG"
      })
  void whatGitNeverLeavesInTheWorktreesFolderIsNotFollowed(String attack) throws Exception {
    assertThat(result("echo work > a; g=$(git rev-parse --git-dir); " + attack)).startsWith("[");
  }

  @Test
  void aLinkOutOfTheWorktreeIsCommittedAsALinkAndNeverFollowed() throws Exception {
    assertThat(result("ln -s $OUT link; ln -s $OUT/victim file; mkfifo pipe"))
        .isEqualTo("[✅ HASH, ID] Task #w\n");
  }

  @Test
  void theFilesOfATaskThatBuildsOnAnAgentsWorkComeWithinTheSandbox() throws Exception {
    sandbox.git("config", "filter.f.clean", "cat");
    sandbox.git("config", "core.hooksPath", ".husky");
    sandbox.git("config", "filter.f.smudge", "touch " + outside + "/x 2> /dev/null; cat");
    sandbox.workflow(
        "w",
        "mkdir .husky; printf '#!/bin/sh\\ntouch "
            + outside
            + "/x 2> /dev/null; touch called' > .husky/post-checkout; chmod +x .husky/*;"
            + " echo '*.txt filter=f' > .gitattributes; echo work > a.txt");
    sandbox.workflow("v", "test -e called; cat a.txt > b; rm called");

    sandbox.tasks("[] First #w\n[⏰] Second #v\n");
    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] First #w\n[✅ HASH, ID] Second #v\n");
    assertThat(outside.resolve("x")).doesNotExist();
  }

  @Test
  void aHookThatSaysNoIsStillNamed() throws Exception {
    sandbox.git("config", "core.hooksPath", ".husky");

    var shown =
        result(
            "mkdir .husky; printf '#!/bin/sh\\necho not today >&2; exit 1' > .husky/pre-commit;"
                + " chmod +x .husky/pre-commit; echo work > a");

    assertThat(shown).contains("// pre-commit hook: not today");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkdir in; echo \"gitdir: $OUT/repo/.git\" > in/.git",
        "git init -q in; mkfifo in/.git/refs/heads/pipe; rm in/.git/HEAD; mkfifo in/.git/HEAD",
        "git init -q in; echo x > in/x; mkfifo in/.git/index"
      })
  void aRepositoryThatAnAgentPlantsInAScopeLeadsNobodyOutOrAstray(String attack) throws Exception {
    var repo = Files.createDirectories(outside.resolve("repo"));
    sandbox.run(List.of("git", "init", "-q", repo.toString()));
    var before = sandbox.run(List.of("find", repo.toString()));
    sandbox.workflow("w", "OUT=" + outside + "\n" + attack + "; exit 1");
    sandbox.workflow("v", "echo work > a");

    sandbox.tasks("## Git Worktree one\n\n[] First #w\n[] Second #v\n");
    sandbox.runUntilIdle();

    assertThat(sandbox.shown()).contains("[❌, ID] First #w").doesNotContain("🟡");
    assertThat(sandbox.run(List.of("find", repo.toString()))).isEqualTo(before);
  }
}
