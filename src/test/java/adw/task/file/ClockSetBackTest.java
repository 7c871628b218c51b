package adw.task.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A clock that is set back by an hour holds nothing up for an hour.
class ClockSetBackTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;

  @Test
  void linesThatWereTypedBeforeAreClaimed() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n");
    var settings = TaskFileSettings.of(scene.file, scene.state);
    var tasks = TaskFile.open(settings, () -> scene.now, GitView.NONE);
    tasks.locked(LockedTaskFile::read);
    scene.save("[] one\n[] two\n");
    tasks.locked(LockedTaskFile::read);

    scene.now = scene.now.minus(HOUR);

    assertThat(withheld(tasks)).isEqualTo(1);
    scene.now = scene.now.plusSeconds(4);
    assertThat(withheld(tasks)).isZero();
  }

  private static int withheld(TaskFile tasks) throws Exception {
    return ((FileReading.Current) tasks.locked(LockedTaskFile::read)).withheld().size();
  }

  @Test
  void whatOthersBroughtLongAgoIsNotTakenForNews() {
    var recent = new RecentTexts();
    recent.add(new RecentTexts.Text("[] one\n".getBytes(UTF_8), "", Set.of("two"), NOW));
    var last = "[] one\n[] two\n".getBytes(UTF_8);
    var save = "[] one\n[] three\n".getBytes(UTF_8);

    assertThat(recent.findBase(save, last, List.of(NOW))).isPresent();
    assertThat(recent.findBase(save, last, List.of(NOW.minus(HOUR)))).isEmpty();
  }

  @Test
  void aFileThatWasCutShortIsReadAMomentLater() throws Exception {
    var scene = TaskFileScene.of(folder, "[] one\n[] two\n");
    java.nio.file.Files.writeString(scene.file, "[] one\n");
    assertThat(scene.look()).isInstanceOf(FileReading.NotYet.class);

    scene.now = scene.now.minus(HOUR);

    assertThat(scene.look()).isInstanceOf(FileReading.NotYet.class);
    scene.now = scene.now.plusSeconds(2);
    assertThat(scene.look()).isInstanceOf(FileReading.Current.class);
  }
}
