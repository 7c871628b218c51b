package adw.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> NAMES = List.of("status", "stop", "show", "reset", "resume");

  @Test
  void oneSlipInThreeLettersIsForgiven() {
    assertThat(NearestName.find("stauts", NAMES)).contains("status");
    assertThat(NearestName.find("stat", NAMES)).isEmpty();
    assertThat(NearestName.find("resrt", NAMES)).contains("reset");
    assertThat(NearestName.find("xyz", NAMES)).isEmpty();
    assertThat(NearestName.find("", NAMES)).isEmpty();
  }

  @Test
  void theCaseOfLettersIsNoSlip() {
    assertThat(NearestName.find("STAUTS", NAMES)).contains("status");
    assertThat(NearestName.findSlip("SH", List.of("sh"))).contains("sh");
  }

  @Test
  void whatIsSurelyMeantDiffersInOneSlip() {
    var tags = List.of("deploy", "approve", "sh", "opus");
    assertThat(NearestName.findSlip("delpoy", tags)).contains("deploy");
    assertThat(NearestName.findSlip("deploys", tags)).contains("deploy");
    assertThat(NearestName.findSlip("aprove", tags)).contains("approve");
    assertThat(NearestName.findSlip("opsu", tags)).contains("opus");
    assertThat(NearestName.findSlip("depoly2", tags)).isEmpty();
    assertThat(NearestName.findSlip("shh", tags)).isEmpty();
  }

  @Test
  void whatIsMuchLongerIsNotCompared() {
    assertThat(NearestName.find("s".repeat(100_000), List.of("s".repeat(99_999)))).isEmpty();
  }

  @Test
  void oneQuestionAsksForWhatWasMeant() {
    assertThat(NearestName.hint("stauts", NAMES)).isEqualTo("did you mean 'status'?");
    assertThat(NearestName.hint("xyz", NAMES)).isEmpty();
    assertThat(NearestName.cure("stauts", NAMES, "adw --help"))
        .isEqualTo(" (did you mean 'status'?)");
    assertThat(NearestName.cure("xyz", NAMES, "adw --help")).isEqualTo(" (adw --help)");
    assertThat(NearestName.cure("xyz", NAMES, "")).isEmpty();
  }
}
