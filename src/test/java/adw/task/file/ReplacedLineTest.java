package adw.task.file;

import static org.assertj.core.api.Assertions.assertThat;

import adw.task.Task;
import adw.task.TaskText;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a run did is done for its own text alone: another text in its line's place is new work, or
/// is held until somebody who has seen the end says so; it never gets the result, and never runs
/// twice.
class ReplacedLineTest {
  private static final String A = "adw_aaaaaaaa";
  private static final String DONE = "[✅ 1a2b3c4, adw_aaaaaaaa] make the login page work";
  private static final String OTHER = "[] make the logout page work";

  @TempDir Path folder;
  private TaskFileScene scene;

  @BeforeEach
  void oneTaskIsDone() throws Exception {
    scene = TaskFileScene.of(folder, "# T\n\n[] make the login page work\n[] two\n");
    scene.claim("make the login page work", A);
    scene.done(A, "1a2b3c4");
  }

  private List<String> held() throws Exception {
    var lines = PutBackLines.read(scene.state);
    return scene.read().document().tasks().stream()
        .filter(task -> lines.findHold(task).isPresent())
        .map(Task::text)
        .toList();
  }

  @Test
  void ofASaveThatHasNotSeenTheEndTheOldLineGoesBackAndTheNewTextIsHeldBelowIt() throws Exception {
    scene.save("# T\n\n" + OTHER + "\n[] two\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("# T\n\n" + DONE + "\n" + OTHER + "\n[] two\n");
    assertThat(held()).containsExactly("make the logout page work");
    assertThat(PutBackLines.read(scene.state).runs()).containsExactly(A);
  }

  @Test
  void theSameOldTextSavedAgainChangesNothing() throws Exception {
    scene.save("# T\n\n" + OTHER + "\n[] two\n");
    scene.read();

    scene.save("# T\n\n" + OTHER + "\n[] two\n[] three\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("# T\n\n" + DONE + "\n" + OTHER + "\n[] two\n[] three\n");
    assertThat(held()).containsExactly("make the logout page work");
  }

  @Test
  void anotherSlipMendedInTheSameOldTextIsHeldToo() throws Exception {
    scene.save("# T\n\n" + OTHER + "\n[] two\n");
    scene.read();

    scene.save("# T\n\n[] make the logout page work well\n[] two\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text())
        .isEqualTo("# T\n\n" + DONE + "\n[] make the logout page work well\n[] two\n");
    assertThat(held()).containsExactly("make the logout page work well");
  }

  @Test
  void whoSavesAgainAfterReloadingRunsTheNewText() throws Exception {
    scene.save("# T\n\n" + OTHER + "\n[] two\n");
    scene.read();

    scene.save(scene.text() + "\na note\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(held()).isEmpty();
    assertThat(PutBackLines.read(scene.state).runs()).isEmpty();
    assertThat(scene.text()).isEqualTo("# T\n\n" + DONE + "\n" + OTHER + "\n[] two\n\na note\n");
  }

  @Test
  void ofASaveThatHasSeenTheEndTheNewTextIsANewTask() throws Exception {
    scene.claim("two", "adw_bbbbbbbb");
    var text = "# T\n\n" + OTHER + "\n[🟡, adw_bbbbbbbb] two\n";

    scene.save(text);

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo(text);
    assertThat(held()).isEmpty();
  }

  @Test
  void ofSeveralLinesEachGoesBackAboveItsOwn() throws Exception {
    scene.save("[] echo a > a #sh\n[] echo b > b #sh\n[] echo c > c #sh\n");
    for (var name : List.of("a", "b", "c")) {
      var id = "adw_" + name.repeat(7) + "1";
      scene.claim("echo " + name + " > " + name + " #sh", id);
      scene.done(id, "1a2b3c4");
    }

    scene.save("[] echo x > x #sh\n[] echo y > y #sh\n[] echo z > z #sh\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text())
        .isEqualTo(
            """
            [✅ 1a2b3c4, adw_aaaaaaa1] echo a > a #sh
            [] echo x > x #sh
            [✅ 1a2b3c4, adw_bbbbbbb1] echo b > b #sh
            [] echo y > y #sh
            [✅ 1a2b3c4, adw_ccccccc1] echo c > c #sh
            [] echo z > z #sh
            """);
    assertThat(held()).hasSize(3);
  }

  @Test
  void aFailedLineGoesBackWithItsReason() throws Exception {
    scene.claim("two", "adw_bbbbbbbb");
    scene.failed("adw_bbbbbbbb", "no such file");

    scene.save("# T\n\n[] make the login page work\n[] two\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text())
        .isEqualTo(
            """
            # T

            [✅ 1a2b3c4, adw_aaaaaaaa] make the login page work // already done; to run it again write [retry]
            [❌, adw_bbbbbbbb] two // no such file
            """);
    assertThat(PutBackLines.read(scene.state).runs()).containsExactly(A, "adw_bbbbbbbb");
  }

  @Test
  void aNamedLineOfOtherTextGetsNoResultEither() throws Exception {
    scene.save("# T\n\n[] first of all {#api}\n");
    scene.read();
    scene.claim("first of all", "adw_bbbbbbbb");
    scene.done("adw_bbbbbbbb", "5d6e7f8");

    scene.save("# T\n\n[] something else {#api}\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text())
        .isEqualTo(
            "# T\n\n[✅ 5d6e7f8, adw_bbbbbbbb] first of all {#api}\n[] something else {#api}\n");
    assertThat(held()).containsExactly("something else");
  }

  @ParameterizedTest
  @ValueSource(strings = {"already done; to run it again write [retry]", "put back: write [retry]"})
  void aLineThatWasPutBackKeepsItsName(String hint) {
    var text = "[✅ 1a2b3c4, adw_aaaaaaaa] one {#api} // " + hint + "\n";

    var task = TaskText.parse(text).tasks().getFirst();

    assertThat(task.name()).contains("api");
    assertThat(task.text()).isEqualTo("one");
    assertThat(task.tail()).contains(hint);
  }
}
