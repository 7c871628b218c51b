package adw.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewportTest {
  @Test
  void aDrawingThatFitsIsShownWhole() {
    assertThat(Viewport.of(List.of("head", "  ┌ ✓ a", "  └ ⠋ b"), 3)).hasSize(3);
  }

  @Test
  void ofATallOneTheHeadAndTheWorkAreShown() {
    var lines = new ArrayList<String>(List.of("⠋ head"));
    for (var i = 1; i <= 100; i++) {
      lines.add("    " + (i < 60 ? "✓" : i == 60 ? "⠙" : "○") + " p" + i);
    }

    var shown = Viewport.of(lines, 23);

    assertThat(shown)
        .hasSize(23)
        .startsWith("⠋ head", "    … 53 above", "    ✓ p54")
        .contains("    ⠙ p60")
        .endsWith("    ○ p73", "    … 27 below");
  }

  @Test
  void aTinyTerminalGetsWhatFits() {
    assertThat(Viewport.of(List.of("head", "a", "b"), 2)).containsExactly("head", "a");
  }
}
