package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> NAMES = List.of("status", "stop", "show", "reset", "resume");

  @Test
  void oneSlipInThreeLettersIsForgiven() {
    assertThat(Nearest.find("stauts", NAMES)).contains("status");
    assertThat(Nearest.find("stat", NAMES)).isEmpty();
    assertThat(Nearest.find("resrt", NAMES)).contains("reset");
    assertThat(Nearest.find("xyz", NAMES)).isEmpty();
    assertThat(Nearest.find("", NAMES)).isEmpty();
  }
}
