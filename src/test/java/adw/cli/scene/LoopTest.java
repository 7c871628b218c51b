package adw.cli.scene;

import static org.assertj.core.api.Assertions.assertThat;

import adw.cli.AdwProgram;
import adw.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole commands on a real repository, with shell tasks.
class LoopTest {
  private static final String SETTINGS =
      "[trigger]\nsettle = \"0s\"\n[worktree]\nfetch = false\nmin_free = \"1MB\"\n";

  @TempDir Path temp;

  @Test
  void savedLinesBecomeCommitsAndResetPutsAllBack() throws Exception {
    var tasks =
        """
        [] `echo a > a.txt` #sh {#first}
        [⏰ first] `cat a.txt a.txt > b.txt` #sh
        [] `cat missing.txt` #sh
        """;
    var program = repository().write("tasks.md", tasks);

    var ended = program.run("run", "--until-idle");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines().toList().getLast()).endsWith("tasks.md: 2 done, 1 failed");
    assertThat(shown(program))
        .isEqualTo(
            """
            [✅ HASH, ID] `echo a > a.txt` #sh {#first}
            [✅ HASH, ID] `cat a.txt a.txt > b.txt` #sh
            [❌, ID] `cat missing.txt` #sh // cat: missing.txt: No such file or directory
            """);
    assertThat(program.git("branch", "--list", "task-*").lines()).hasSize(3);

    assertThat(program.run("reset").err()).contains("3 runs (0 not ended)", "--yes");
    assertThat(program.run("reset", "--yes").out()).isEqualTo("all is back as it was\n");

    assertThat(program.read("tasks.md")).isEqualTo(tasks);
    assertThat(program.git("branch", "--list")).isEqualTo("* main\n");
    assertThat(program.git("worktree", "list").lines()).hasSize(1);
  }

  @Test
  void aDryRunSaysWhatWouldStartAndChangesNothing() throws Exception {
    var program = repository().write("tasks.md", "[] `true` #sh\n[⏰] `true` #sh\n[] think\n");

    var ended = program.run("run", "--dry-run");

    assertThat(ended.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("base main @"),
            line -> assertThat(line).isEqualTo("tasks.md:1: `true`: starts adw_sh on task-<id>"),
            line -> assertThat(line).startsWith("tasks.md:2: `true`: "),
            line ->
                assertThat(line).startsWith("tasks.md:3: think: held: no agent found (install"));
    assertThat(program.read("tasks.md")).startsWith("[] `true`");
    assertThat(program.git("branch", "--list")).isEqualTo("* main\n");
  }

  @Test
  void strictMakesAFailedTaskTheExitCode() throws Exception {
    var program = repository().write("tasks.md", "[] `false` #sh\n");

    assertThat(program.run("run", "--once", "--strict").code()).isEqualTo(1);
    assertThat(program.run("retry", "tasks.md:1").out()).endsWith("is pending again\n");
    assertThat(program.read("tasks.md")).isEqualTo("[] `false` #sh\n");
  }

  @Test
  void retryOfARunWhoseLineIsGoneSaysSo() throws Exception {
    var program = repository().write("tasks.md", "[] `false` #sh\n[] other #approve\n");
    program.run("run", "--once");
    var failed = id(program, ":1");
    program.write("tasks.md", program.read("tasks.md").replaceFirst(".*\n", ""));

    var retried = program.run("retry", failed);

    assertThat(retried.code()).isEqualTo(3);
    assertThat(retried.err()).contains("its line is not in the task file (write it there");
  }

  @Test
  void addWritesOneTaskThatMayBeBlocked() throws Exception {
    var program =
        repository().write("tasks.md", "# Work\n\n[] first {#one}\n\n## Git Worktree docs\n");

    assertThat(program.run("add", "second #sh\nwith a body").out()).isEqualTo("added tasks.md:4\n");
    assertThat(program.run("add", "third", "--after", "one").out()).isEqualTo("added tasks.md:6\n");
    assertThat(program.run("add", "--worktree", "docs", "--blocked", "fourth").code()).isZero();

    assertThat(program.read("tasks.md"))
        .isEqualTo(
            """
            # Work

            [] first {#one}
            [] second #sh
              with a body
            [⏰ one] third

            ## Git Worktree docs

            [⏰] fourth
            """);
    assertThat(program.run("add", "").err())
        .isEqualTo(
            "adw: add: this would not be read as a task: '' (say in words what is to be done)\n");
    var unknown = program.run("add", "fifth", "--after", "oen");
    assertThat(unknown.code()).isEqualTo(3);
    assertThat(unknown.err()).isEqualTo("adw: no run or task 'oen' (did you mean 'one'?)\n");
    assertThat(program.run("add", "fifth", "--after", "tasks.md:4").err())
        .isEqualTo(
            "adw: add: tasks.md:4: has neither a name nor a run yet"
                + " (write {#name} at the end of its line)\n");
  }

  @Test
  void aRunCanBeNamedInManyWays() throws Exception {
    var program = repository().write("tasks.md", "[] `echo a > a` #sh {#one}\n");
    program.run("run", "--until-idle");
    var json = Json.parseObject(program.run("show", "one", "--json").out());
    var id = json.text("id");

    assertThat(json.list("events")).isNotEmpty();
    for (var name :
        new String[] {id, id.substring(4, 8), "tasks.md:1", ":1", "task-" + id, "#one"}) {
      assertThat(program.run("show", name).out()).as(name).contains(id);
    }
    assertThat(program.run("show", "on").err())
        .isEqualTo("adw: no run or task 'on' (did you mean 'one'?)\n");
    assertThat(program.run("show", ":7").err())
        .isEqualTo("adw: no run or task ':7' (adw tasks lists them)\n");
    assertThat(program.run("logs", "one").code()).isZero();
    assertThat(program.run("cancel", "one").err())
        .isEqualTo("adw: " + id + ": has ended already, done\n");
  }

  @Test
  void pausedNothingStarts() throws Exception {
    var program = repository().write("tasks.md", "[] `echo a > a` #sh\n");
    program.run("pause", "--why", "release");

    program.run("run", "--until-idle");

    assertThat(program.read("tasks.md")).startsWith("[] ");
    assertThat(program.run("status").out())
        .contains("nothing starts: paused: release (adw resume)", "1 held");
    assertThat(program.run("resume").out()).isEqualTo("going on\n");
    assertThat(program.run("resume").out()).isEqualTo("was not paused\n");
  }

  @Test
  void aRedBaseHoldsWhatIsReadyAndStatusSaysWhy() throws Exception {
    var program =
        repository()
            .write("adw.toml", SETTINGS + "[workflow]\nverify = [\"test -e made\"]\n")
            .write("tasks.md", "[] `echo a > a` #sh\n");

    program.run("run", "--until-idle");

    var status = program.run("status").out();
    assertThat(status.lines().toList().getFirst()).isEqualTo("tasks.md: 1 held");
    assertThat(status)
        .containsPattern(
            "nothing started when adw run last looked: base main @[0-9a-f]{7}: verify failed:"
                + " test -e made: exit code 1 .mend the base, or try again: adw resume.");
    assertThat(program.run("run", "--dry-run").out()).contains("held: base main @");
    assertThat(program.run("check").code()).isZero();
    program.run("resume");
    assertThat(program.run("status").out()).contains("1 ready");
  }

  @Test
  void aPausedAgentAndTooManyUnreviewedBranchesAreSaid() throws Exception {
    var program =
        repository()
            .write("adw.toml", SETTINGS.replace("[worktree]", "max_unreviewed = 1\n[worktree]"))
            .write("tasks.md", "[] `echo a > a` #sh\n[⏰] `echo b > b` #sh\n");
    program.run("run", "--until-idle");

    assertThat(program.run("status").out())
        .contains("1 held, 1 done", "1 branch awaits review (merge or discard one)");
    program.write("adw.toml", SETTINGS);
    Files.writeString(
        program.folder().resolve(".git/adw/streaks.json"),
        "{\"adw_sh\":{\"reason\":\"no disk\",\"count\":3}}\n");
    assertThat(program.run("resume").out()).isEqualTo("going on\n");
    Files.writeString(
        program.folder().resolve(".git/adw/streaks.json"),
        "{\"adw_sh\":{\"reason\":\"no disk\",\"count\":3}}\n");
    assertThat(program.run("status").out())
        .contains(
            "held: 3 runs of adw_sh in a row ended with: no disk (mend it, then: adw resume)");
  }

  @Test
  void aDamagedRecordIsSaidToBeDamagedWithItsPlaceAndTheCure() throws Exception {
    var program =
        repository().write("tasks.md", "[] `echo a > a` #sh\n[✅ abc1234, adw_0000000a] x\n");
    program.run("run", "--until-idle");
    var id = id(program, ":1");
    program.write(".git/adw/runs/" + id + "/run.json", "{}");

    for (var ask : List.of(id.substring(4), "tasks.md:1")) {
      var shown = program.run("show", ask);
      assertThat(shown.code()).isEqualTo(3);
      assertThat(shown.err())
          .contains(
              "runs/" + id + "/run.json is damaged, its run counts as lost: ",
              "(write [retry] in its line; what it said is in ",
              "runs/" + id + "/proc)");
    }
    assertThat(program.run("show", "tasks.md:2").err())
        .contains("adw_0000000a: no record of this run here: started in another clone?");
  }

  @Test
  void aRunThatMayLiveOnAnotherHostIsNamedAndNothingStartsBesideIt() throws Exception {
    var program = repository().write("tasks.md", "[] `echo a > a` #sh\n");
    program.run("run", "--until-idle");
    var id = id(program, ":1");
    var state = program.folder().resolve(".git/adw");
    var record = state.resolve("runs/" + id + "/run.json");
    var running = "\"stage\" : { \"at\" : \"running\", \"round\" : 1 }, \"was\" : {";
    Files.writeString(record, Files.readString(record).replaceFirst("\"stage\" : \\{", running));
    Files.createFile(state.resolve("open/" + id));
    var proc = state.resolve("runs/" + id + "/proc/1");
    Files.delete(proc.resolve("exit"));
    Files.writeString(proc.resolve("pid"), "12 34 another-boot 56 build7/" + "0".repeat(32) + "\n");

    var refused = program.run("run", "--until-idle");

    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err())
        .contains(
            id + ": its process 12 runs, or ran, in another container or on another host, build7 (",
            "rm " + proc.resolve("pid") + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"x\",\"phases\":[{\"id\":\"a\",\"task\":\"gr\u00fc\u00dfe\"}]}",
        "{\"name\":\"x\",\"budget\":{\"maxUSD\":1e999999},\"phases\":[{\"id\":\"a\",\"task\":\"t\"}]}",
        "{\"name\":\"x\",\"phases\":[{\"id\":\"a\",\"task\":\"t\",\"when\":\"1e999999 > 2\"}]}",
        "\u0000",
        "[[[[["
      })
  void aFlowFileThatCannotBeReadHoldsItsOwnTaskAndIsNamed(String flow) throws Exception {
    var program = repository().write("tasks.md", "[] `echo a > a` #sh\n[] use it #x\n");
    var file = program.folder().resolve("adws/x.json");
    Files.createDirectories(file.getParent());
    Files.write(file, flow.getBytes(StandardCharsets.ISO_8859_1));

    program.run("run", "--until-idle");

    assertThat(Files.readString(program.folder().resolve("tasks.md")))
        .matches("(?s)\\[✅ .*\\[\\] use it #x\n");
    assertThat(program.run("status").out()).contains("use it", "held: adws/x.json");
  }

  @Test
  void logsAndVersionsAreToldToProgramsToo() throws Exception {
    var program = repository().write("tasks.md", "[] `echo hello; echo a > a` #sh\n");
    program.run("run", "--until-idle");

    var logs = Json.parseObject(program.run("logs", ":1", "--json").out());
    var versions = Json.parseObject(program.run("undo", "--file", "--json").out());

    assertThat(logs.text("run")).isEqualTo(id(program, ":1"));
    assertThat(logs.list("logs"))
        .anySatisfy(log ->
            assertThat(log)
                .isInstanceOfSatisfying(
                    Json.Obj.class,
                    one -> {
                      assertThat(one.text("stream")).isEqualTo("stdout");
                      assertThat(one.text("text")).isEqualTo("hello\n");
                      assertThat(one.findLong("bytes")).hasValue(6L);
                    }));
    assertThat(versions.text("file")).isEqualTo("tasks.md");
    assertThat(versions.list("versions")).isNotEmpty();
    assertThat(program.run("undo", "--json").code()).isEqualTo(2);
    assertThat(program.run("logs", ":1", "-f", "--json").code()).isEqualTo(2);
  }

  @Test
  void theWorktreeOfAScopeIsCleanedOnceItsBranchIsMergedWhateverOtherRecordsAreLike()
      throws Exception {
    var program =
        repository()
            .write(
                "tasks.md",
                """
                ## Git Worktree feat
                [] `echo a > a` #sh
                [] `echo b > b; exit 1` #sh
                ## Git Worktree other
                [] `echo c > c` #sh
                """);
    program.run("run", "--until-idle");
    program.write(".git/adw/runs/adw_00000001/run.json", "damaged");
    assertThat(program.run("clean").out()).startsWith("no worktree to remove");
    program.git("merge", "-q", "feat");

    assertThat(program.run("clean").out()).contains("trees/feat (branch feat stays)");

    assertThat(program.folder().resolve("trees/feat")).doesNotExist();
    assertThat(program.folder().resolve("trees/other/c")).exists();
    assertThat(program.run("undo").out()).contains("trees/feat again");
    program.write("trees/feat/mine", "x");
    assertThat(program.run("clean").out())
        .matches("left .*trees/feat: has changes that are saved nowhere: mine\n");
  }

  @Test
  void aWorkflowIsToldTheModelThatATagAsksFor() throws Exception {
    var program =
        repository()
            .write("adws/own.sh", "echo \"$ADW_MODEL\" > model\n")
            .write("adw.toml", SETTINGS + "[models]\nbest = \"maker/best-4\"\n")
            .write("tasks.md", "[] one #own #best\n[] two #own #opus\n[] three #own #label\n");
    assertThat(program.run("run", "--dry-run").out())
        .contains("one: starts own with maker/best-4 on ", "three: starts own on ");

    program.run("run", "--until-idle");

    assertThat(program.git("show", "task-" + id(program, ":1") + ":model"))
        .isEqualTo("maker/best-4\n");
    assertThat(program.git("show", "task-" + id(program, ":2") + ":model")).isEqualTo("opus\n");
    assertThat(program.git("show", "task-" + id(program, ":3") + ":model")).isEqualTo("\n");
    assertThat(program.run("show", ":1").out()).contains("maker/best-4");
  }

  @Test
  void whatAnotherCloneHasDoneIsKnownByItsCommitToStatusAndToTheLoop() throws Exception {
    var first = repository().write("tasks.md", "[] `echo a > a` #sh\n[] `exit 1; x` #sh\n");
    first.run("run", "--until-idle");
    first.git("clone", "-q", ".", temp.resolve("clone").toString());
    var tasks =
        "[⏰ %s] `cat a > b` #sh\n[⏰ %s] `true` #sh\n".formatted(id(first, ":1"), id(first, ":2"));
    var program = AdwProgram.in(temp.resolve("clone")).write("adw.toml", SETTINGS);
    program.write("tasks.md", tasks).write(".git/info/exclude", "/tasks.md\n/trees/\n/adw.toml\n");

    assertThat(program.run("status").out()).startsWith("tasks.md: 1 ready, 1 held\n");
    program.run("run", "--until-idle");

    assertThat(program.read("tasks.md")).startsWith("[✅ ").contains("\n[⏰ ");
  }

  @Test
  void whatWaitsForApprovalSaysHowToGiveIt() throws Exception {
    var program = repository().write("tasks.md", "[] ship #approve\n");
    program.run("run", "--until-idle");
    var id = id(program, ":1").substring(4);

    assertThat(program.run("status").out())
        .contains("(adw approve " + id + ", or adw reject " + id + ")");
  }

  @Test
  void withoutABranchTheBaseIsToldAsDetached() throws Exception {
    var program = repository().write("tasks.md", "");
    program.git("checkout", "-q", "--detach");

    assertThat(program.run("run", "--dry-run").out())
        .containsPattern("^base detached at [0-9a-f]{7}");
  }

  @Test
  void aRefusedFileIsToldOnce() throws Exception {
    var program = repository();
    Files.write(program.folder().resolve("tasks.md"), new byte[] {(byte) 0xff, '\n'});

    var ended = program.run("run", "--once");

    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err().lines().filter(line -> line.contains("not UTF-8"))).hasSize(1);
  }

  @Test
  void mergedWorkIsCleanedArchivedAndBroughtBack() throws Exception {
    var program = repository().write("tasks.md", "[] `echo a > a` #sh\n");
    program.run("run", "--until-idle");
    assertThat(program.run("archive").out()).isEqualTo("nothing to archive\n");
    assertThat(program.run("clean").out()).startsWith("no worktree to remove");
    program.git("merge", "-q", program.git("branch", "--list", "task-*").replace("+", "").strip());

    assertThat(program.run("clean").out()).contains("removed ", "stays");
    assertThat(program.git("worktree", "list").lines()).hasSize(1);
    var removals = program.folder().resolve(".git/adw/removals.jsonl");
    Files.writeString(removals, "{\"at\": \"2026-", StandardOpenOption.APPEND); // a crash
    assertThat(program.run("undo").out()).contains("made ", "again");
    assertThat(program.git("worktree", "list").lines()).hasSize(2);

    assertThat(program.run("archive").out()).isEqualTo("1 line moved to tasks.done.md\n");
    assertThat(program.read("tasks.md")).isEmpty();
    assertThat(program.read("tasks.done.md")).contains("`echo a > a` #sh");
  }

  @Test
  void checkNamesEveryMistakeWithItsLine() throws Exception {
    var program =
        repository().write("tasks.md", "[] `true` #sh\n[] a #adw_nothing\n[⏰ nobody] b\n");

    var ended = program.run("check");

    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.out())
        .contains("tasks.md:2: no workflow adw_nothing (make adws/adw_nothing.sh");
    assertThat(ended.out()).contains("tasks.md:3: ");
    assertThat(ended.err()).endsWith("to mend, 0 to consider\n");
    assertThat(repository("good").write("tasks.md", "[] `true` #sh\n").run("check").code())
        .isZero();
  }

  @Test
  void checkAlsoTellsWhatIsWrongWithSettingsAndWithFlowsThatNoTaskNames() throws Exception {
    var program = repository().write("tasks.md", "[] `true` #sh\n");
    program.write("adws/odd.json", "{\"name\": \"odd\",\n \"nope\": 1}\n");

    assertThat(program.run("check").out()).contains("\nadws/odd.json:2: unknown key 'nope' in");

    program.write("adw.toml", "[trigger]\npoll = 5\n");
    var finding =
        Json.parseObject(program.run("check", "--json").out()).list("findings").getFirst();
    assertThat(finding)
        .isEqualTo(
            Json.parse(
                """
                {"file": "adw.toml", "line": 2, "severity": "error",
                 "text": "poll = 5: expected a duration such as \\"5s\\", \\"10m\\" or \\"24h\\""}
                """));
  }

  @Test
  void anAnswerMayStandBehindTheRunOrBehindItsOption() throws Exception {
    var program = repository().write("tasks.md", "[] ask #ask\n");
    var workflow = program.write("adws/ask.sh", "#!/bin/sh\ncat > said.txt; grep comma said.txt\n");
    workflow.folder().resolve("adws/ask.sh").toFile().setExecutable(true);
    program.run("run", "--until-idle");

    assertThat(program.run("answer", ":1").err())
        .isEqualTo("adw: answer: no words for the run (adw answer :1 'yes')\n");
    assertThat(program.run("answer", ":1", "a comma").out()).endsWith("goes on with your answer\n");
    program.run("run", "--until-idle");

    assertThat(program.read("tasks.md")).startsWith("[✅ ");
  }

  @Test
  void stopWithoutADaemonHasNothingToEnd() throws Exception {
    assertThat(repository().write("tasks.md", "# Work\n").run("stop").out())
        .isEqualTo("nothing was running\n");
  }

  @Test
  void whatIsAskedWhileTheTaskFileIsUnreadableIsDoneOrSaidToWait() throws Exception {
    var program = repository().write("tasks.md", "[] ship #approve\n[] `false` #sh\n");
    program.run("run", "--until-idle");
    var gate = id(program, ":1");
    var failed = id(program, ":2");
    var text = program.read("tasks.md");
    Files.write(program.folder().resolve("tasks.md"), new byte[] {(byte) 0xff, '\n'});

    var cancelled = program.run("cancel", gate);
    var retried = program.run("retry", failed);

    assertThat(cancelled.code()).isEqualTo(5);
    assertThat(cancelled.out()).contains(gate + " is being ended");
    assertThat(cancelled.err())
        .contains("tasks.md", "not UTF-8", "the line shows it when that is mended");
    assertThat(retried.code()).isEqualTo(5);
    assertThat(retried.out()).isEmpty();
    assertThat(retried.err()).contains("the request waits until that is mended");
    program.write("tasks.md", text.replace("`false`", "`true > x`"));
    program.run("run", "--until-idle");
    assertThat(shown(program))
        .isEqualTo(
            "[⊘, ID] ship #approve // cancelled by adw cancel\n[✅ HASH, ID] `true > x` #sh\n");
  }

  private static String id(AdwProgram program, String place) {
    return Json.parseObject(program.run("show", place, "--json").out()).text("id");
  }

  private static String shown(AdwProgram program) throws Exception {
    return program
        .read("tasks.md")
        .replaceAll("adw_[0-9a-f]{8}", "ID")
        .replaceAll("✅ [0-9a-f]{7,40}", "✅ HASH");
  }

  private AdwProgram repository() throws Exception {
    return repository("repo");
  }

  private AdwProgram repository(String name) throws Exception {
    var folder = Files.createDirectories(temp.resolve(name)).toRealPath();
    return AdwProgram.in(folder)
        .repository()
        .write(".git/info/exclude", "/tasks.md\n/tasks.done.md\n/adw.toml\n/trees/\n")
        .write("adw.toml", SETTINGS);
  }
}
