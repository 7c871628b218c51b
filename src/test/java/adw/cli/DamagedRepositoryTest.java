package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adw.daemon.scene.Damage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// Every file that the program reads of a person, of a flow, of git or of its own, damaged: tasks
/// that do not need that file run, what looks still looks, and what is said has a place.
///
/// `-Dadw.seed=…` does one again; `-Dadw.rounds=…` does more, `-Dadw.together=1` each by itself.
class DamagedRepositoryTest {
  private static final String AGENT =
      """
      #!/bin/sh
      p=$(cat)
      date +%N > worked.txt
      case "$p" in
        *'ask me'*) t='QUESTION: which one?' ;;
        *) t='did it' ;;
      esac
      echo '{"type":"message_end","message":{"role":"assistant","content":[{"type":"text","text":"'"$t"'"}],"usage":{"input":1,"output":1,"cost":{"total":0.001}},"stopReason":"stop"}}'
      """;

  private static final String TASKS =
      """
      [] Judge it #judged
      [] Ask it #asks
      [] Use it #uses
      [] Mine #mine
      [] Make it #make
      [] It fails #fails
      [] Ship it #approve
      """;

  private static final String OTHERS =
      """
      [] `echo x > other.txt` #sh
      [] Other one
      """;

  /// What nobody can act on: no file is named, or the words are a programmer's.
  private static final Pattern NO_HELP =
      Pattern.compile(
          "a fault in adw itself|Exception|Input length|No value present|(?m)^adw: a text is not"
              + " UTF-8|(?m)^adw: no JSON|(?m)^adw: '.*' is no path|\\bnull\\b");

  /// Locks are not read, by anybody.
  private static final Pattern OF_OURS =
      Pattern.compile(
          "repo/(adws/.*|[.]worktreeinclude|[.]git/adw/.*(?<!lock))|repo.home/[.]config/adw/.*");

  private static final Pattern OF_GIT =
      Pattern.compile(
          "repo/[.]git/(config|HEAD|index|packed-refs|FETCH_HEAD|info/.*|refs/.*|logs/.*|worktrees/.*)"
              + "|repo.home/[.](gitconfig|config/git/.*)|repo/(sub/)?[.]git(ignore|attributes)"
              + "|repo/trees/ID/[.]git");

  @TempDir Path temp;
  private AdwProgram program;
  private Path home;
  private Map<Path, byte[]> whole;
  private List<String> ids;

  @BeforeEach
  void fill() throws Exception {
    program = AdwProgram.in(Files.createDirectories(temp.resolve("repo"))).repository();
    home = temp.resolve("repo.home");
    program
        .agent("stub", AGENT, "")
        .with("XDG_STATE_HOME", home.resolve("state").toString())
        .write("adws/make.sh", "#!/bin/sh\necho $ADW_RUN_ID > made.txt\n")
        .write("adws/fails.sh", "#!/bin/sh\necho no luck\nexit 1\n")
        .write(
            "adws/judged.json",
            """
            {"name": "judged", "agentScope": "both", "phases": [
              {"id": "do", "taskFile": "todo.md", "context": ["README.md"], "cache": {"scope": "cross-run", "fingerprint": ["glob:**/*.md"]}},
              {"id": "look", "task": "look", "agent": "judge", "dependsOn": ["do"]}]}
            """)
        .write("adws/todo.md", "Do it.\n")
        .write(
            "adws/asks.json",
            "{\"name\": \"asks\", \"phases\": [{\"id\": \"do\", \"task\": \"ask me\"}]}\n")
        .write(
            "adws/uses.json",
            "{\"name\": \"uses\", \"phases\": [{\"id\": \"do\", \"type\": \"flow\", \"use\":"
                + " \"judged\"}]}\n")
        .write("adws/agents/judge.md", "---\nname: judge\ndescription: judges\n---\nJudge well.\n")
        .write(".worktreeinclude", "*.env\n")
        .write("local.env", "A=1\n")
        .write(".gitignore", "*.env\n*.log\n")
        .write(".gitattributes", "*.txt text\n")
        .write("sub/.gitignore", "out/\n")
        .write("sub/.gitattributes", "*.bin -text\n");
    program.git("add", ".gitignore", ".gitattributes", "sub");
    program.git("commit", "-qm", "lists");
    Files.writeString(program.folder().resolve(".git/info/attributes"), "*.dat -text\n");
    Files.createDirectories(home.resolve(".config/adw/flows"));
    Files.createDirectories(home.resolve(".config/adw/agents"));
    Files.createDirectories(home.resolve(".config/git"));
    Files.writeString(home.resolve(".config/git/ignore"), "*.swp\n");
    Files.writeString(home.resolve(".config/git/attributes"), "*.swp -text\n");
    Files.writeString(
        home.resolve(".config/adw/flows/mine.json"),
        "{\"name\": \"mine\", \"phases\": [{\"id\": \"do\", \"task\": \"do it\"}]}\n");
    Files.writeString(
        home.resolve(".config/adw/agents/mine.md"),
        "---\nname: mine\ndescription: mine\n---\nMine.\n");
    program.write("tasks.md", TASKS);
    program.run("run", "--until-idle");
    program.run("flow", "run", "judged");
    program.run("budget", "+5");
    program.run("clean", "--yes");
    state("removals.jsonl", "{\"at\":\"2026-01-01T00:00:00Z\",\"removed\":[]}\n");
    state(
        "agents/paused/other.json",
        "{\"kind\":\"RATE_LIMIT\",\"why\":\"x\",\"until\":\"2999-01-01T04:00:00Z\"}");
    program.git("pack-refs", "--all");
    ids = ids();
    whole = snapshot();
  }

  private void state(String name, String text) throws IOException {
    var file = program.folder().resolve(".git/adw").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> ids() throws IOException {
    try (var runs = Files.list(program.folder().resolve(".git/adw/runs"))) {
      return runs.map(run -> String.valueOf(run.getFileName())).sorted().toList();
    }
  }

  private Map<Path, byte[]> snapshot() throws IOException {
    var files = new LinkedHashMap<Path, byte[]>();
    for (var file : files(temp)) {
      files.put(file, Files.readAllBytes(file));
    }
    return files;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }

  private void restore() throws IOException {
    for (var file : files(temp)) {
      if (!whole.containsKey(file)) {
        Files.delete(file);
      }
    }
    for (var file : whole.entrySet()) {
      if (Files.isDirectory(file.getKey(), LinkOption.NOFOLLOW_LINKS)) {
        deleteAll(file.getKey());
      }
      Files.createDirectories(file.getKey().getParent());
      if (!Files.exists(file.getKey())
          || !java.util.Arrays.equals(file.getValue(), Files.readAllBytes(file.getKey()))) {
        Files.write(file.getKey(), file.getValue());
      }
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var file : all.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private String name(Path file) {
    return temp.relativize(file).toString().replaceAll("adw_[0-9a-f]{8}", "ID");
  }

  @Test
  void whateverFileIsDamagedAllOtherTasksRun(TestReporter reporter) throws Exception {
    damageAll(reporter, file -> OF_OURS.matcher(name(file)).matches(), false);
  }

  /// Where git itself works with what it finds, so do we.
  @Test
  void aFileOfGitStopsNothingThatGitItselfDoes(TestReporter reporter) throws Exception {
    damageAll(
        reporter,
        file -> {
          var name = name(file);
          return OF_GIT.matcher(name).matches();
        },
        true);
  }

  private void damageAll(TestReporter reporter, Predicate<Path> which, boolean asksGit)
      throws Exception {
    var seed = Long.getLong("adw.seed", System.nanoTime());
    var together = Integer.getInteger("adw.together", 30);
    reporter.publishEntry("seed", Long.toString(seed));
    var random = new Random(seed);
    var problems = new ArrayList<String>();
    for (var round = 0; round < Integer.getInteger("adw.rounds", 1); round++) {
      var victims = new ArrayList<>(whole.keySet().stream().filter(which).toList());
      Collections.shuffle(victims, random);
      for (var from = 0; from < victims.size(); from += together) {
        restore();
        var done = new ArrayList<String>();
        for (var victim : victims.subList(from, Math.min(from + together, victims.size()))) {
          done.add(damage(victim, random) + " of " + name(victim));
        }
        findProblems(!asksGit || gitWorks())
            .forEach(problem -> problems.add(done + ": " + problem));
      }
    }
    assertThat(problems).as("seed %d", seed).isEmpty();
  }

  private Damage damage(Path victim, Random random) throws IOException {
    var damage = Damage.any(victim, random);
    damage.to(victim, whole.get(victim), random);
    return damage;
  }

  private boolean gitWorks() throws InterruptedException, IOException {
    try {
      program.exec(
          "sh",
          "-c",
          "git worktree add -q -b probe ../probe && cd ../probe && echo x > x.txt && git add x.txt"
              + " && git commit -qm probe && git status --porcelain");
      program.exec("sh", "-c", "git worktree remove -f ../probe && git branch -qD probe");
      return true;
    } catch (AssertionError refused) {
      return false;
    }
  }

  private List<String> findProblems(boolean mustRun) throws IOException {
    var problems = new ArrayList<String>();
    var before = Files.readString(program.folder().resolve("tasks.md"));
    Files.writeString(program.folder().resolve("tasks.md"), before + OTHERS);
    var ended = program.run("run", "--until-idle");
    if (NO_HELP.matcher(ended.err()).find()) {
      problems.add("run: " + ended.err());
    }
    var after = Files.readString(program.folder().resolve("tasks.md")).lines().toList();
    if (mustRun && after.stream().filter(DamagedRepositoryTest::isOtherAndDone).count() != 2) {
      problems.add("run: " + after + ended);
    }
    TASKS
        .lines()
        .map(line -> line.substring(2))
        .filter(text -> after.stream().noneMatch(line -> line.contains(text)))
        .forEach(text -> problems.add("run lost" + text + ": " + ended));
    for (var line : looks()) {
      var looked = program.run(line.split(" "));
      if (NO_HELP.matcher(looked.err() + looked.out()).find()
          || (mustRun && looked.code() != 0 && OF_MANY.contains(line))) {
        problems.add(line + ": " + looked);
      }
    }
    return problems;
  }

  private static boolean isOtherAndDone(String line) {
    return OTHERS.lines().anyMatch(other -> line.endsWith(other.substring(2)))
        && line.startsWith("[✅ ");
  }

  /// They tell of many things, of which one may be damaged.
  private static final List<String> OF_MANY =
      List.of("status", "tasks", "flow list", "flow runs", "budget", "agents");

  private List<String> looks() {
    return Stream.of(
            OF_MANY.stream(),
            Stream.of("check", "doctor", "undo", "undo --file", "flow verify uses"),
            ids.stream().flatMap(id -> Stream.of("show " + id, "logs " + id)))
        .flatMap(lines -> lines)
        .toList();
  }
}
