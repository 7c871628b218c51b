package adw.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {
  @Test
  void eachNumberHasAnId() {
    for (var number : new int[] {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertThat(RunId.isId(RunId.of(number))).isTrue();
      assertThat(RunId.of(number)).hasSize(RunId.LENGTH);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "adw_",
        "adw_1a2b3c4",
        "adw_1a2b3c4d5",
        "adw_1A2B3C4D",
        "1a2b3c4d",
        "adw_1a2b3c4g",
        "adw_1a2b3c4d\n",
        "../adw_1a2b"
      })
  void nothingElseIsAnId(String text) {
    assertThat(RunId.isId(text)).isFalse();
  }

  @Test
  void idsAreFoundWithinATextAlsoWhereDigitsAreMissing() {
    assertThat(RunId.findAll("[✅, adw_00000001] like adw_00000002 and adw_3"))
        .containsExactly("adw_00000001", "adw_00000002");
    assertThat(RunId.findAlmost("🟡x adw_1a2b3c")).contains("adw_1a2b3c");
    assertThat(RunId.findAlmost("adw_sh")).isEmpty();
  }

  @Test
  void peopleTypeTheDigitsAlone() {
    assertThat(RunId.digits("adw_1a2b3c4d")).isEqualTo("1a2b3c4d");
    assertThat(RunId.digits("1a2b")).isEqualTo("1a2b");
    assertThat(RunId.shortened("adw_1a2b3c4d")).isEqualTo("1a2b");
    assertThat(RunId.shortened("adw_x")).isEqualTo("x");
    assertThat(RunId.withPrefix("1a2b")).isEqualTo("adw_1a2b");
    assertThat(RunId.withPrefix("adw_1a")).isEqualTo("adw_1a");
  }
}
