package adw.task.file;

import static org.assertj.core.api.Assertions.assertThat;

import adw.task.TaskDocument;
import adw.task.TaskText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private final Settling settling = new Settling(Duration.ofSeconds(2));

  private TaskDocument observe(int seconds, String text) {
    var document = TaskText.parse(text);
    settling.observe(document, Set.of(), START.plusSeconds(seconds));
    return document;
  }

  private List<String> withheld(TaskDocument document, int seconds) {
    return settling.withheld(document, START.plusSeconds(seconds)).stream()
        .map(withheld -> withheld.task().text())
        .toList();
  }

  @Test
  void whatStoodThereBeforeAnybodyWatchedIsNotBeingTyped() {
    assertThat(withheld(observe(0, "[] a\n"), 0)).isEmpty();
  }

  @Test
  void aNewLineMustStandStillForTheTimeThatIsSet() {
    observe(0, "[] a\n");
    var document = observe(10, "[] a\n[] b\n");

    assertThat(withheld(document, 11)).containsExactly("b");
    assertThat(withheld(document, 12)).isEmpty();
  }

  @Test
  void aLineThatGoesOnChangingAndOneWithoutItsNewlineMustStandStillLonger() {
    observe(0, "");
    observe(10, "[] Add\n");
    var again = observe(11, "[] Add a page\n");
    assertThat(withheld(again, 20)).containsExactly("Add a page");
    assertThat(withheld(again, 21)).isEmpty();

    var open = observe(30, "[] Add a page\n[] b");
    assertThat(withheld(open, 39)).containsExactly("b");
    assertThat(withheld(open, 40)).isEmpty();
  }

  @Test
  void whatWeWroteIsNotBeingTyped() {
    observe(0, "[] a\n");
    settling.wrote(TaskText.parse("[] a\n[] ours\n"));
    assertThat(withheld(observe(1, "[] a\n[] ours\n"), 1)).isEmpty();

    var document = TaskText.parse("[] a\n[] ours\n[] copy\n");
    settling.observe(document, Set.of("copy"), START.plusSeconds(2));
    assertThat(withheld(document, 2)).isEmpty();
  }

  @Test
  void aLineThatHasAMarkOfARunIsNotBeingTyped() {
    observe(0, "[] a\n");

    assertThat(withheld(observe(10, "[✅ 1a2b3c4, adw_1a2b3c4d] a\n"), 10)).isEmpty();
  }

  @Test
  void afterTheClockWasSetBackALineWaitsFromThenOn() {
    observe(0, "");
    observe(1000, "[] a\n");
    var document = observe(10, "[] a\n");

    assertThat(withheld(document, 11)).containsExactly("a");
    assertThat(withheld(document, 12)).isEmpty();
  }

  @Test
  void withoutATimeNothingIsWithheld() {
    var none = new Settling(Duration.ZERO);
    none.observe(TaskText.parse(""), Set.of(), START);
    var document = TaskText.parse("[] a\n");
    none.observe(document, Set.of(), START);

    assertThat(none.withheld(document, START)).isEmpty();
  }
}
