package adw.agent;

import static org.assertj.core.api.Assertions.assertThat;

import adw.run.Json;
import org.junit.jupiter.api.Test;

class ClosingTest {
  @Test
  void aLastLineCanAskAQuestion() {
    assertThat(Closing.of("I looked at it.\n\nQUESTION: which separator: `;` or `,`?\n"))
        .isEqualTo(new Closing.Question("which separator: `;` or `,`?"));
  }

  @Test
  void emphasisAroundItDoesNotMatter() {
    var question = new Closing.Question("which one?");

    assertThat(Closing.of("**QUESTION:** which one?")).isEqualTo(question);
    assertThat(Closing.of("**QUESTION: which one?**")).isEqualTo(question);
    assertThat(Closing.of("`question: which one?`  ")).isEqualTo(question);
  }

  @Test
  void aLastLineCanSayThatNothingWasToBeDone() {
    assertThat(Closing.of("NO CHANGE: it is there already"))
        .isEqualTo(new Closing.NoChange("it is there already"));
  }

  @Test
  void onlyTheLastLineCounts() {
    assertThat(Closing.of("QUESTION: a or b?\nI took a.")).isEqualTo(new Closing.Plain());
    assertThat(Closing.of("> QUESTION: a or b?")).isEqualTo(new Closing.Plain());
    assertThat(Closing.of("QUESTION:")).isEqualTo(new Closing.Plain());
    assertThat(Closing.of("")).isEqualTo(new Closing.Plain());
  }

  @Test
  void theResultFileSaysTheSame() {
    assertThat(
            Closing.of(
                Json.parseObject(
                    """
                    {"outcome": "waiting", "for": "question", "message": "a or b?"}\
                    """)))
        .isEqualTo(new Closing.Question("a or b?"));
    assertThat(
            Closing.of(Json.parseObject("{\"outcome\": \"no-change\", \"message\": \"all well\"}")))
        .isEqualTo(new Closing.NoChange("all well"));
    assertThat(Closing.of(Json.parseObject("{\"outcome\": \"waiting\", \"for\": \"login\"}")))
        .isEqualTo(new Closing.Plain());
  }
}
