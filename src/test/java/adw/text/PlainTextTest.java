package adw.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
  enum Way {
    LINES(PlainText::lines),
    OUTPUT(PlainText::output),
    LINE(PlainText::line),
    INDENTED_LINE(PlainText::indentedLine),
    VISIBLE_LINE(PlainText::visibleLine),
    CUT_LINE(text -> PlainText.visibleLine(text, 80));

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final UnaryOperator<String> way;

    Way(UnaryOperator<String> way) {
      this.way = way;
    }
  }

  @ParameterizedTest
  @EnumSource
  void noWayLeavesAnythingThatSteersATerminalOrTurnsItsText(Way way) {
    var said =
        "a\u001b[31mb\u001b[0m\u001b]0;title\u0007c\u001b]8;;http://x\u001b\\d\u001b(Be\u001bcf"
            + "\u001bPsecret\u001b\\g\u009b2Jh\u0000\u0007\b\u007fi\u202ej\u2066k\u2069\uFEFFl\u001b";

    assertThat(way.way.apply(said)).isEqualTo("abcdefghijkl");
  }

  @ParameterizedTest
  @EnumSource
  void noWayLeavesHalfACharacter(Way way) {
    assertThat(way.way.apply("a\uD83Db\uDE00c😀")).isEqualTo("abc😀");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u001b]0;no end\nnext", "\u001bPno end\nnext", "\u001b[\nnext", "\u001b\nnext"})
  void aSequenceThatIsNotEndedHidesNoFurtherLine(String said) {
    assertThat(PlainText.lines(said)).endsWith("\nnext");
  }

  @Test
  void severalLinesKeepTheirBreaksAndTabs() {
    assertThat(PlainText.lines("a\r\n\tb  c\n")).isEqualTo("a\r\n\tb  c\n");
  }

  @Test
  void aLineBreakInALineIsASpace() {
    assertThat(PlainText.line(" a\tb\nc\u2028d\u0085e  f\n")).isEqualTo("a b c d e  f");
    assertThat(PlainText.indentedLine("  a\n b")).isEqualTo("  a  b");
    assertThat(PlainText.visibleLine(" a \t\nb\u00A0 c\u2029\u0085d ")).isEqualTo("a b c d");
  }

  @Test
  void whatShowsNothingIsOnlyLeftOutWhereTheLineSaysSo() {
    assertThat(PlainText.visibleLine("a\u200Bb\u00ADc\uE000d")).isEqualTo("abcd");
    assertThat(PlainText.line("👩\u200D💻")).isEqualTo("👩\u200D💻");
  }

  @Test
  void whatIsTooLongIsCut() {
    assertThat(PlainText.visibleLine("hello world", 7)).isEqualTo("hello…");
    assertThat(PlainText.visibleLine("hello", 5)).isEqualTo("hello");
    assertThat(PlainText.cut("a😀", 2)).isEqualTo("a");
    assertThat(PlainText.cut("a", 2)).isEqualTo("a");
  }

  @Test
  void ofMuchOutputTheMiddleIsLeftOut() {
    var said = "a".repeat(1 << 20) + "end";

    assertThat(PlainText.output(said))
        .startsWith("aaa")
        .contains("... [truncated 3 chars] ...")
        .endsWith("end");
  }
}
