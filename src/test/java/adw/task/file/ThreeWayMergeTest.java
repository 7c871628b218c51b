package adw.task.file;

import static adw.task.TaskText.parse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A person's save, and what came into the file since the version that it was made from.
class ThreeWayMergeTest {
  private static final String BASE = "[🟡, adw_1a2b3c4d] x\n  body\n[] y\n[] z\n\n## Done\n";

  private static String merge(String ours, String theirs, boolean keepsTheirs) {
    var merged =
        ThreeWayMerge.of(parse(BASE), parse(ours), parse(theirs), keepsTheirs).orElseThrow();
    return new String(merged, UTF_8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLineThatWentToDoneIsThereOnce(boolean keepsTheirs) {
    var ours = "[] y\n[] z\n[] others\n\n## Done\n[✅ 1a2b3c4, adw_1a2b3c4d] x\n  body\n";
    var theirs = BASE.replace("[] z\n", "[] z\n[] theirs\n");

    assertThat(merge(ours, theirs, keepsTheirs))
        .isEqualTo(
            "[] y\n[] z\n[] others\n[] theirs\n\n## Done\n[✅ 1a2b3c4, adw_1a2b3c4d] x\n  body\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void soIsOneThatIsCrossedOutMeanwhile(boolean keepsTheirs) {
    var ours = "[] y\n[] z\n\n## Done\n[✅ 1a2b3c4, adw_1a2b3c4d] x\n  body\n";
    var theirs = BASE.replace("🟡", "⊘");

    assertThat(merge(ours, theirs, keepsTheirs)).isEqualTo(ours);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLineThatSomebodyElseTookAwayStaysAway(boolean keepsTheirs) {
    var ours = BASE.replace("[] y\n", "");
    var theirs = BASE.replace("[] z\n", "[] z\n[] theirs\n");

    assertThat(merge(ours, theirs, keepsTheirs)).isEqualTo(theirs.replace("[] y\n", ""));
  }
}
