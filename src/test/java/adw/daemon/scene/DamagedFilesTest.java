package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;

import adw.run.RunStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One file that cannot be used costs what is in it, is named with its cure, and stops no other
/// task.
class DamagedFilesTest {
  private static final String ASKING =
      """
      printf '{"outcome":"waiting","for":"question","message":"which?"}' > "$ADW_RESULT"
      exit 75
      """;

  @TempDir Path folder;
  private DaemonSandbox sandbox;
  private Map<Path, byte[]> whole;
  private String tasks = "";

  /// A repository with one of each file that the loop reads.
  @BeforeEach
  void fill() throws Exception {
    sandbox =
        DaemonSandbox.create(folder)
            .workflow("ask", ASKING)
            .workflow("make", "echo $ADW_RUN_ID > x.txt\n")
            .tasks("[] Ask #ask\n[] Make #make\n[] Gate #approve\n[daily 03:00] Nightly #make\n");
    sandbox.settings = sandbox.withVerify("true");
    Files.writeString(sandbox.root.resolve(".worktreeinclude"), "*.env\n");
    Files.writeString(
        sandbox.root.resolve(".git/info/exclude"),
        "*.env\n/.worktreeinclude\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
    sandbox.runUntilIdle();
    var id = sandbox.runs().getFirst().id();
    state("streaks.json", "{\"make\":{\"reason\":\"no disk\",\"count\":1}}");
    state("moves.json", "{\"waiting\":[\"" + id + "\"]}");
    state("held.json", "{\"why\":\"x\",\"cure\":\"y\",\"lasts\":false}");
    state("stop", "1");
    state("ledger.jsonl", "{\"at\":\"2026-01-01T00:00:00Z\",\"run\":\"" + id + "\"}\n");
    state("requests/0000000000000001-00000000.json", "{\"do\":\"retry\",\"run\":\"adw_0a0a0a0a\"}");
    state(
        "requests/0000000000000002-00000000.json", "{\"do\":\"cancel\",\"run\":\"adw_0b0b0b0b\"}");
    state("daemons/0a0a0a0a.who", "1 1 - - -\n");
    state("runs/" + id + "/answers.md", "this one\n");
    state("runs/" + id + "/approval.json", "{\"answer\":\"yes\",\"by\":\"Ada\",\"round\":1}");
    state("journal/put-back", "adw_0a0a0a0a echologout\n");
    state("fetches/origin%2Fmain", "");
    state("fetches/origin%2Fmain.failed", "no network\n");
    state("ports/9300", id);
    state("ports/9310", "adw_0c0c0c0c");
    state("daemons/0a0a0a0a.heard", "");
    state("open/adw_0d0d0d0d", "");
    state("live/adw_0d0d0d0d", "");
    state("proc/0a0a0a0a/git-commit/pid", "1 1 - - -\n");
    state("proc/0a0a0a0a/git-commit/started", "");
    state("proc/0a0a0a0a/git-commit/command", "git commit\n");
    whole = snapshot();
    tasks = Files.readString(sandbox.tasks);
  }

  private void state(String name, String text) throws IOException {
    var file = sandbox.state().root().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// Locks are not read, by anybody.
  private Map<Path, byte[]> snapshot() throws IOException {
    var files = new LinkedHashMap<Path, byte[]>();
    for (var top : List.of(sandbox.state().root(), sandbox.root.resolve(".worktreeinclude"))) {
      for (var file : files(top)) {
        var name = sandbox.root.relativize(file).toString();
        if (Files.isRegularFile(file)
            && !isLock(file)
            && !name.contains("/objects/")
            && !name.contains("/tmp/")) {
          files.put(file, Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  private void restore() throws IOException {
    deleteAll(sandbox.state().root().resolve("misplaced"));
    for (var file : files(sandbox.state().root())) {
      if (Files.isRegularFile(file) && !isLock(file) && !whole.containsKey(file)) {
        Files.delete(file);
      }
    }
    for (var file : whole.entrySet()) {
      if (Files.isDirectory(file.getKey())) {
        Files.delete(file.getKey());
      }
      Files.createDirectories(file.getKey().getParent());
      Files.write(file.getKey(), file.getValue());
    }
    Files.writeString(sandbox.tasks, tasks);
  }

  private static void deleteAll(Path folder) throws IOException {
    for (var file : files(folder).reversed()) {
      Files.delete(file);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var all = Files.walk(folder)) {
      return all.sorted().toList();
    }
  }

  private static boolean isLock(Path file) {
    return file.toString().endsWith(".lock");
  }

  /// `-Dadw.seed=…` does one again; `-Dadw.rounds=…` does more, `-Dadw.together=1` each by itself.
  @Test
  void whateverFilesAreDamagedAllOtherTasksRun(TestReporter reporter) throws Exception {
    var seed = Long.getLong("adw.seed", System.nanoTime());
    var together = Integer.getInteger("adw.together", 8);
    reporter.publishEntry("seed", Long.toString(seed));
    var random = new Random(seed);
    for (var round = 0; round < Integer.getInteger("adw.rounds", 1); round++) {
      var victims = new ArrayList<>(whole.keySet());
      Collections.shuffle(victims, random);
      for (var from = 0; from < victims.size(); from += together) {
        var done = new ArrayList<String>();
        restore();
        for (var victim : victims.subList(from, Math.min(from + together, victims.size()))) {
          done.add(damage(victim, random) + " of " + sandbox.root.relativize(victim));
        }

        assertThat(afterDamage())
            .as("%s, seed %d, said %s", done, seed, sandbox.notices)
            .contains("[✅ HASH, ID] Other #make\n", "Ask #ask", "Make #make", "Gate #approve");
      }
    }
  }

  private Damage damage(Path victim, Random random) throws IOException {
    var damage = Damage.any(victim, random);
    damage.to(victim, whole.get(victim), random);
    return damage;
  }

  private String afterDamage() throws Exception {
    Files.writeString(sandbox.tasks, tasks + "[] Other #make\n");
    sandbox.notices.clear();
    sandbox.runUntilIdle();
    return sandbox.shown();
  }

  private String afterDamageTo(Path victim, byte[] damaged) throws Exception {
    restore();
    Files.write(victim, damaged);
    return afterDamage();
  }

  @Test
  void aFolderWithSomethingInItThatIsInTheWayOfAFileIsKeptAndTold() throws Exception {
    var place = sandbox.state().root().resolve("sightings.json");
    restore();
    Damage.FOLDER.to(place, new byte[0], new Random());
    Files.writeString(place.resolve("mine.txt"), "mine\n");

    var shown = afterDamage();

    var kept = sandbox.state().root().resolve("misplaced/sightings.json");
    assertThat(shown).contains("[✅ HASH, ID] Other #make\n");
    assertThat(kept.resolve("mine.txt")).hasContent("mine\n");
    assertThat(sandbox.notices)
        .contains(kept + ": was a folder where a file of adw belongs (delete it)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          streaks.json      | cannot be read and counts as empty: 1:1: no JSON: .* [(]delete it[)]
          sightings.json    | cannot be read and counts as empty: 1:1: no JSON: .* [(]delete it[)]
          moves.json        | cannot be read and counts as empty: 1:1: no JSON: .* [(]delete it[)]
          runs/ID/run.json  | is damaged: 1:1: no JSON: .* [(]write [\\[]retry] in the line of ID[)]
          requests/0000000000000002-00000000.json.bad | a request that cannot be read: 1:1: no JSON: .* [(]ask again, and delete it[)]
          """)
  void aFileThatCannotBeReadIsNamedWithItsCure(String name, String words) throws Exception {
    var id = askedRun();
    var victim = sandbox.state().root().resolve(name.replace("ID", id));

    var shown =
        afterDamageTo(
            victim.resolveSibling(victim.getFileName().toString().replace(".bad", "")),
            "no".getBytes(StandardCharsets.UTF_8));

    assertThat(shown).contains("[✅ HASH, ID] Other #make\n");
    assertThat(sandbox.notices)
        .anySatisfy(notice -> assertThat(notice).matches(victim + ": " + words.replace("ID", id)));
  }

  private String askedRun() throws IOException {
    return sandbox.runs().stream()
        .filter(run -> run.order().text().startsWith("Ask"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  @Test
  void aWordOfANewerAdwIsKeptAndStopsNothing() throws Exception {
    var record = sandbox.state().run(askedRun()).resolve("run.json");
    var newer = new String(whole.get(record), StandardCharsets.UTF_8).replace("question", "lunch");

    var shown = afterDamageTo(record, newer.getBytes(StandardCharsets.UTF_8));

    assertThat(shown).contains("[❓, ID] Ask #ask // which?", "[✅ HASH, ID] Other #make\n");
    assertThat(Files.readString(record)).contains("\"lunch\"");
  }

  @Test
  void aRecordOfANewerAdwIsLeftToThatOne() throws Exception {
    var id = askedRun();
    var record = sandbox.state().run(id).resolve("run.json");
    var newer =
        new String(whole.get(record), StandardCharsets.UTF_8).replace("\"waiting\"", "\"napping\"");

    var shown = afterDamageTo(record, newer.getBytes(StandardCharsets.UTF_8));

    assertThat(shown).contains("[❓, ID] Ask #ask // which?", "[✅ HASH, ID] Other #make\n");
    assertThat(Files.readString(record)).isEqualTo(newer);
    assertThat(new RunStore(sandbox.state()).openIds()).contains(id);
    assertThat(sandbox.notices)
        .contains(
            record
                + ": stage 'napping' is a word of a newer adw (go on with that one, or adw reset)");
  }

  @Test
  void aRunThatNobodyLooksAfterAnyMoreIsGoneOnWithByItsRecord() throws Exception {
    var id = askedRun();
    restore();
    Files.delete(sandbox.state().open().resolve(id));

    sandbox.runUntilIdle();

    assertThat(new RunStore(sandbox.state()).openIds()).contains(id);
  }
}
