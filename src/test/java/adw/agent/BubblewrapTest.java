package adw.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adw.os.Command;
import adw.os.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    sh(folder, "mkdir home tmp");
  }

  @Test
  void itsWorktreeRunFolderAndTemporaryFolderCanBeWritten() throws Exception {
    inside("echo a > file && echo b > $ADW_RUN_DIR/result.json && echo c > $TMPDIR/c");

    assertThat(tree.resolve("file")).hasContent("a");
    assertThat(runFolder().resolve("result.json")).hasContent("b");
    assertThat(folder.resolve("tmp/c")).hasContent("c");
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
        List.of("../../new", "../../.git/config", "../../.git/HEAD", "/etc/new", "$HOME/new")) {
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
    var table = PresetTable.of("mine").argv(List.of("cat"));
    var preset = Presets.BUILT_IN.with(List.of(table)).find("mine").orElseThrow();
    var settings =
        new ProgramSettings(
            folder,
            Prices.NONE,
            Sandbox.BWRAP,
            InstantSource.system(),
            () -> ZoneOffset.UTC,
            false);

    var answer = new Program(preset, settings).run(Call.of("x", tree, environment), Meter.free());

    assertThat(((Answer.Failed) answer).message())
        .isEqualTo("sandbox = \"bwrap\", but bwrap is not installed (install bubblewrap)");
  }

  private Finished inside(String script) throws Exception {
    var preset = Presets.BUILT_IN.find("claude").orElseThrow();
    var wrapped = Bubblewrap.tryWrap(List.of("sh", "-c", script), preset, tree, environment());
    assumeTrue(wrapped.isPresent(), "no bwrap");
    assumeTrue(canWrap(), "bwrap may not make namespaces here");
    return run(wrapped.get(), tree);
  }

  private boolean canWrap() throws Exception {
    return run(List.of("bwrap", "--ro-bind", "/", "/", "--unshare-pid", "true"), folder)
        .succeeded();
  }

  private Finished sh(Path directory, String script) throws Exception {
    var finished = run(List.of("sh", "-c", script), directory);
    assertThat(finished.succeeded()).as(finished.errText()).isTrue();
    return finished;
  }

  private Finished run(List<String> argv, Path directory) throws IOException, InterruptedException {
    return new Command(argv, directory, environment(), Duration.ofSeconds(20)).run();
  }

  private Map<String, String> environment() {
    return Map.of(
        "PATH", System.getenv("PATH"),
        "HOME", folder.resolve("home").toString(),
        "TMPDIR", folder.resolve("tmp").toString(),
        "ADW_RUN_DIR", runFolder().toString(),
        "GIT_CONFIG_NOSYSTEM", "1",
        "GIT_AUTHOR_NAME", "a",
        "GIT_AUTHOR_EMAIL", "a@example.org",
        "GIT_COMMITTER_NAME", "a",
        "GIT_COMMITTER_EMAIL", "a@example.org");
  }

  private Path runFolder() {
    return folder.resolve("repo/.git/adw/runs/adw_1a2b3c4d");
  }
}
