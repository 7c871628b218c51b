package adw.cli.scene;

import static org.assertj.core.api.Assertions.assertThat;

import adw.cli.AdwProgram;
import adw.json.Json;
import adw.os.process.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// STATE of an older adw is read for ever. The folder was made by commit 11df7f0: runs that are
/// done, failed with kept work, and waiting with a question; a flow, a ledger, raised budgets, a
/// pause.
class OldStateTest {
  private static final String ROOT = "@ROOT@";
  private static final List<String> RUNS =
      List.of("46159b93", "632e7bfb", "a758bdaa", "ae8ea827", "b04f13d5", "bd9ac2c9");

  @TempDir Path temp;
  private AdwProgram program;

  @BeforeEach
  void copy() throws Exception {
    var root = Files.createDirectory(temp.resolve("repository"));
    program = AdwProgram.in(root);
    var old = Path.of(OldStateTest.class.getResource("/state-of-11df7f0").toURI());
    git(new byte[0], "init", "-q", "-b", "main", ".");
    git(Files.readAllBytes(old.resolve("repository.fast-export")), "fast-import", "--quiet");
    git(new byte[0], "reset", "-q", "--hard");
    copy(old.resolve("state"), root.resolve(".git/adw"));
    for (var name : List.of("tasks.md", "adw.toml")) {
      Files.copy(old.resolve(name), root.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// Text names the place where it was made; empty folders are not in a resource.
  private void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        var bytes = Files.readAllBytes(file);
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var moved = text.replace(ROOT, program.folder().toString());
        Files.write(copy, moved.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
  }

  private void git(byte[] input, String... arguments) throws Exception {
    var argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(arguments));
    var environment =
        Map.of("PATH", System.getenv("PATH"), "HOME", temp.toString(), "GIT_CONFIG_NOSYSTEM", "1");
    var ended =
        new Command(argv, program.folder(), environment, Duration.ofMinutes(1), input).run();
    assertThat(ended.succeeded()).as(ended.errText()).isTrue();
  }

  @Test
  void howItStandsIsAsTheOlderAdwLeftIt() {
    var ended = program.run("status", "--json");

    assertThat(ended.err()).isEmpty();
    var status = Json.parseObject(ended.out());
    var counts = status.findObject("counts").orElseThrow();
    assertThat(counts.findLong("done")).contains(4L);
    assertThat(counts.findLong("failed")).contains(1L);
    assertThat(counts.findLong("needs-you")).contains(1L);
    assertThat(status.findText("paused")).contains("the release");
    assertThat(status.texts("unusable")).isEmpty();
    assertThat(ended.out()).contains("red or blue?");
  }

  @Test
  void eachRunIsShownWithItsEventsAndItsFlow() {
    for (var id : RUNS) {
      var shown = program.run("show", id);
      assertThat(shown.code()).as(shown.err()).isZero();
      assertThat(shown.out()).contains("claimed");
      assertThat(program.run("logs", id).code()).isZero();
    }

    assertThat(program.run("show", "b04f").out())
        .contains("flow two  2/2")
        .contains("20 tokens in, 10 out");
    assertThat(program.run("show", "ae8e").out()).contains("failed", "exit code 1");
  }

  @Test
  void raisedBudgetsCountOnTheirDay() {
    program.at(Instant.parse("2026-11-30T12:00:00Z"));

    assertThat(program.run("budget").out()).contains("of $70");
  }

  @Test
  void workGoesOnFromThereAndNothingEndedRunsAgain() throws Exception {
    var file = program.folder().resolve("tasks.md");
    var before = Files.readAllLines(file);
    assertThat(program.run("resume").code()).isZero();
    var rest = Files.readString(file);
    Files.writeString(file, "[] `echo new > new` #sh\n" + rest);

    var ended = program.run("run", "--until-idle", "--yes");

    assertThat(ended.err()).isEmpty();
    var after = Files.readAllLines(file);
    assertThat(after.subList(1, after.size())).isEqualTo(before);
    assertThat(after.getFirst())
        .matches("\\[✅ [0-9a-f]{7,}, adw_[0-9a-f]{8}] `echo new > new` #sh");
  }

  @Test
  void anAnswerReachesTheRunThatAsked() throws Exception {
    assertThat(program.run("resume").code()).isZero();
    assertThat(program.run("answer", "bd9a", "blue").code()).isZero();

    program.run("run", "--until-idle", "--yes");

    var run = program.folder().resolve(".git/adw/runs/adw_bd9ac2c9");
    assertThat(run.resolve("answers.md")).content(StandardCharsets.UTF_8).contains("blue");
    assertThat(run.resolve("proc/2/exit")).exists();
  }
}
