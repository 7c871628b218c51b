package adw.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextWidthTest {
  @Test
  void emojiAndChineseTakeTwoColumnsAndMarksNone() {
    assertThat(TextWidth.width("abc")).isEqualTo(3);
    assertThat(TextWidth.width("✅ 🟡")).isEqualTo(5);
    assertThat(TextWidth.width("漢字")).isEqualTo(4);
    assertThat(TextWidth.width("e\u0301")).isEqualTo(1);
    assertThat(TextWidth.width("שלום")).isEqualTo(4);
  }

  @Test
  void whatIsTooLongIsCutBetweenCharacters() {
    assertThat(TextWidth.cut("hello", 5)).isEqualTo("hello");
    assertThat(TextWidth.cut("hello world", 8)).isEqualTo("hello w…");
    assertThat(TextWidth.cut("🟡🟡🟡", 4)).isEqualTo("🟡…");
    assertThat(TextWidth.fit("ab", 4)).isEqualTo("ab  ");
    assertThat(TextWidth.width(TextWidth.fit("漢字漢字", 4))).isEqualTo(4);
  }
}
