package adw.task;

import static adw.task.TaskText.only;
import static adw.task.TaskText.parse;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [] fix it #opus #adw_build            | opus,adw_build | fix it
          [] fix #opus it                       | opus           | fix it
          [] see issue #12 and C# and a#b       | ''             | see issue #12 and C# and a#b
          [] print `#include <x>` #sh           | sh             | print `#include <x>`
          [] ``a ` #b`` #c                      | c              | ``a ` #b``
          [] [the #anchor](x.md#top) text       | ''             | [the #anchor](x.md#top) text
          [] see https://example.org/#top       | ''             | see https://example.org/#top
          [] a #one, (#two) and #three.         | one,two,three  | a #one, (#two) and #three.
          [] \\#no                              | ''             | \\#no
          [] #sh                                | sh             | #sh
          [] twice #a #a                        | a              | twice
          """)
  void tagsAreWholeWordsOutsideCodeAndLinks(String line, String tags, String title) {
    var task = only(line);

    assertThat(String.join(",", task.tags())).isEqualTo(tags);
    assertThat(task.title()).isEqualTo(title);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [] ask @backend about it        | backend
          [] fix it #opus @somebody       | somebody
          [] fix it @somebody #opus       | somebody
          [] install @types/node          | ''
          [] add the missing @Nullable    | ''
          [] mail me@backend now          | ''
          [] print `@backend` please      | ''
          """)
  void anAgentExistsOrStandsAmongTheTags(String line, String agent) {
    assertThat(only(line).agent().orElse("")).isEqualTo(agent);
  }

  @Test
  void aTagCloseToAKnownOneIsAWarning() {
    assertThat(DocumentFindings.of(parse("[] a #opsu\n[] b #label\n[] c #Epic\n")))
        .containsExactly(
            TaskFinding.warning(1, "#opsu is no known tag", "did you mean #opus?"),
            TaskFinding.warning(3, "#Epic is no known tag", "did you mean #epic?"));
  }

  @Test
  void settingsStandInBracesAtTheEnd() {
    var task =
        only("- [❌, adw_1a2b3c4d] fix it #sh {#api, budget=2.50, timeout=1h30m, base=dev} // no");

    assertThat(task.text()).isEqualTo("fix it #sh");
    assertThat(task.tags()).containsExactly("sh");
    assertThat(task.tail()).contains("no");
    assertThat(task.name()).contains("api");
    assertThat(task.settings().budget()).contains(new BigDecimal("2.50"));
    assertThat(task.settings().timeout()).contains(Duration.ofMinutes(90));
    assertThat(task.settings().base()).contains("dev");
    assertThat(task.settings().faults()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [] render {foo}           | render {foo}
          [] render {}              | render {}
          [] a{base=x}              | a{base=x}
          [] {base=x} first         | {base=x} first
          [] say {a: 1, b=2}        | say {a: 1, b=2}
          """)
  void otherBracesAreText(String line, String text) {
    assertThat(only(line).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [] a {budget=lots}        | budget cannot be "lots"
          [] a {budget=0}           | budget cannot be "0"
          [] a {timeout=5}          | timeout cannot be "5"
          [] a {base=}              | base cannot be ""
          [] a {colour=red}         | unknown setting colour
          [] a {base=x, base=y}     | base is set twice
          [] a {#x, #y}             | more than one name: #x, #y
          """)
  void wrongSettingsAreErrors(String line, String what) {
    assertThat(DocumentFindings.of(parse(line)))
        .extracting(TaskFinding::what)
        .containsExactly(what);
  }

  @Test
  void anotherTaskOfTheSameNameIsAnErrorOnBoth() {
    assertThat(DocumentFindings.of(parse("[] a {#x}\n[] b {#x}\n")))
        .extracting(TaskFinding::line, TaskFinding::what)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, "more than one task is called #x"),
            org.assertj.core.groups.Tuple.tuple(2, "more than one task is called #x"));
  }

  @Test
  void theTailIsWhatFollowsTheLastSlashesOfALineThatEndedBadly() {
    assertThat(only("[❌] use // comments // it broke").tail()).contains("it broke");
    assertThat(only("[❌] use // comments // it broke").text()).isEqualTo("use // comments");
    assertThat(only("[] use // comments").tail()).isEmpty();
    assertThat(only("[❌] see https://example.org").tail()).isEmpty();
    assertThat(only("[❌, adw_1a2b3c4d] // it broke").tail()).contains("it broke");
  }

  @Test
  void theJournalDecidesWhetherATailIsOurs() {
    var bytes =
        "[❌, adw_1] use // comments\n[] again // it broke\n"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    TailJudge journal = (_, text, tail) -> text.equals("again") && tail.equals("it broke");

    var tasks = TaskDocument.parse(bytes, Vocabulary.NONE, journal).tasks();

    assertThat(tasks).extracting(Task::text).isEqualTo(List.of("use // comments", "again"));
    assertThat(tasks)
        .extracting(Task::tail)
        .isEqualTo(List.of(Optional.empty(), Optional.of("it broke")));
  }

  private static List<String> errors(String line) {
    return DocumentFindings.of(parse(line + "\n")).stream()
        .filter(finding -> finding.severity() == TaskFinding.Severity.ERROR)
        .map(TaskFinding::what)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[] fix it @bakend",
        "[] fix it @nobody #sh",
        "[] fix it #opus @nobody {budget=2}"
      })
  void aSmallNameAtTheEndThatIsNoAgentHoldsTheTask(String line) {
    assertThat(errors(line)).singleElement().asString().startsWith("no agent is called @");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[] fix it @backend",
        "[] use @Nullable",
        "[] use @Nullable #sh",
        "[] install @types/node",
        "[] write to @me.",
        "[] ask @alice about it",
        "[] put in `@nobody`",
        "[x] fixed by @nobody",
        "## Backlog\n\n[] fix it @nobody"
      })
  void whatIsNoNameAtTheEndOfAnOpenTaskStaysText(String line) {
    assertThat(errors(line)).isEmpty();
  }

  @Test
  void aLargeNameBehindATagIsNoAgent() {
    var tasks =
        TaskDocument.parse(
                "[] use @Nullable #sh\n[] do it @nobody #sh\n[] do it @backend\n"
                    .getBytes(StandardCharsets.UTF_8),
                TaskText.WORDS,
                TailJudge.UNKNOWN)
            .tasks();

    assertThat(tasks)
        .extracting(Task::agent)
        .containsExactly(Optional.empty(), Optional.of("nobody"), Optional.of("backend"));
    assertThat(tasks.getFirst().title()).isEqualTo("use @Nullable");
  }
}
