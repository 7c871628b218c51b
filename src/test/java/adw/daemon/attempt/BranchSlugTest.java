package adw.daemon.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BranchSlugTest {
  @ParameterizedTest
  @CsvSource({
    "Add a login page, add-a-login-page",
    "Add a login page #opus #sh, add-a-login-page",
    "Mend C#code in a.txt, mend-ccode-in-atxt",
    "Crème brûlée für Zoë, creme-brulee-fur-zoe",
    "a - b -- c, a-b-c",
    "- a -, a",
    "'  a\tb  ', a-b",
    "İ, i",
    "日本語, task",
    "#opus, task",
    "--, task",
    "'', task"
  })
  void aSlugIsMadeOfWords(String text, String slug) {
    assertThat(BranchSlug.of(text)).isEqualTo(slug);
  }

  @Test
  void aLongTextIsCutBetweenWords() {
    assertThat(BranchSlug.of("one two three four five six seven eight nine"))
        .isEqualTo("one-two-three-four-five-six-seven-eight");
    assertThat(BranchSlug.of("x".repeat(50))).isEqualTo("x".repeat(40));
    assertThat(BranchSlug.of("x".repeat(40) + " y")).isEqualTo("x".repeat(40));
  }
}
