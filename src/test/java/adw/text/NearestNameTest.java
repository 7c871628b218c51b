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
}
