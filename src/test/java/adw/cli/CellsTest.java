package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellsTest {
  @Test
  void emojiAndChineseTakeTwoColumnsAndMarksNone() {
    assertThat(Cells.width("abc")).isEqualTo(3);
    assertThat(Cells.width("✅ 🟡")).isEqualTo(5);
    assertThat(Cells.width("漢字")).isEqualTo(4);
    assertThat(Cells.width("e\u0301")).isEqualTo(1);
    assertThat(Cells.width("שלום")).isEqualTo(4);
  }

  @Test
  void whatIsTooLongIsCutBetweenCharacters() {
    assertThat(Cells.cut("hello", 5)).isEqualTo("hello");
    assertThat(Cells.cut("hello world", 8)).isEqualTo("hello w…");
    assertThat(Cells.cut("🟡🟡🟡", 4)).isEqualTo("🟡…");
    assertThat(Cells.fit("ab", 4)).isEqualTo("ab  ");
    assertThat(Cells.width(Cells.fit("漢字漢字", 4))).isEqualTo(4);
  }

  @Test
  void controlsAndTurnsOfDirectionAreTakenOut() {
    assertThat(Cells.clean("a\u001b[31mb\tc\u202ed\n")).isEqualTo("a [31mb cd");
  }
}
