package adw.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgentReportTest {
  @Test
  void aLastLineCanAskAQuestion() {
    assertThat(AgentReport.of("I looked at it.\n\nQUESTION: which separator: `;` or `,`?\n"))
        .isEqualTo(new AgentReport.Question("which separator: `;` or `,`?"));
  }

  @Test
  void emphasisAroundItDoesNotMatter() {
    var question = new AgentReport.Question("which one?");

    assertThat(AgentReport.of("**QUESTION:** which one?")).isEqualTo(question);
    assertThat(AgentReport.of("**QUESTION: which one?**")).isEqualTo(question);
    assertThat(AgentReport.of("`question: which one?`  ")).isEqualTo(question);
  }

  @Test
  void aLastLineCanSayThatNothingWasToBeDone() {
    assertThat(AgentReport.of("NO CHANGE: it is there already"))
        .isEqualTo(new AgentReport.NoChange("it is there already"));
  }

  @Test
  void onlyTheLastLineCounts() {
    assertThat(AgentReport.of("QUESTION: a or b?\nI took a.")).isEqualTo(new AgentReport.Plain());
    assertThat(AgentReport.of("> QUESTION: a or b?")).isEqualTo(new AgentReport.Plain());
    assertThat(AgentReport.of("QUESTION:")).isEqualTo(new AgentReport.Plain());
    assertThat(AgentReport.of("")).isEqualTo(new AgentReport.Plain());
  }
}
