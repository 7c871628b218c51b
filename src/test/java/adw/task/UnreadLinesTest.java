package adw.task;

import static adw.task.TaskText.parse;
import static adw.task.TaskText.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What looks like a task and is none is said with its line.
class UnreadLinesTest {
  private static List<String> told(String text) {
    return UnreadLines.of(parse(text)).stream().map(TaskFinding::toString).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []add a page           | no blank behind []: no task (write [] and a blank)
          - [ ]`true` #sh        | no blank behind []: no task (write [] and a blank)
          [x]done                | no blank behind [x]: no task (write [x] and a blank)
          [todo] add a page      | [todo] is no mark: no task ([] starts it, [x] is done, [⊘] is left)
          - [rerty] add a page   | [rerty] is no mark: no task (did you mean [retry]?)
          [aftre a] add a page   | [aftre a] is no mark: no task (did you mean [after]?)
          [after the talk] a     | [after the talk] is no mark: no task ([] starts it, [x] is done, [⊘] is left)
          [at 10pm] add a page   | [at 10pm] is no mark: no task (write [at 22:00])
          [✓] add a page         | [✓] is no mark: no task ([] starts it, [x] is done, [⊘] is left)
          -[ ] add a page        | no blank behind -: no task (write - [])
          1.[x] add a page       | no blank behind 1.: no task (write 1. [x])
          • [ ] add a page       | • begins no list: no task (write - [])
          – [ ] add a page       | – begins no list: no task (write - [])
          \\[ \\] add a page       | escaped brackets make no task (write [] without \\)
          - \\[🟡, a] add a page  | escaped brackets make no task (write [🟡, a] without \\)
          """)
  void aLineThatOnlyLooksLikeATaskIsNamed(String line, String what) {
    var text = "# Tasks\n\n- [ ] one\n\n" + line + "\n\n- [ ] two\n";

    assertThat(texts(parse(text))).containsExactly("one", "two");
    assertThat(told(text)).containsExactly("line 5: " + what);
    assertThat(DocumentFindings.of(parse(text))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[](https://example.org) a link",
        "[ref]: https://example.org",
        "[x]: https://example.org",
        "[note] prose",
        "[1] a footnote",
        "[Feature] prose",
        "[at home] prose",
        "- [a](b) link",
        "- [ ]",
        "- [/] half done",
        "see [] and [x]y",
        "> []quote",
        "    []code",
        "int[] a",
        "a *[x]*"
      })
  void proseIsNot(String line) {
    assertThat(told("- [ ] one\n\n" + line + "\n\n- [ ] two\n")).isEmpty();
  }

  @Test
  void aSecondLineThatIsNoPartOfItsTaskIsNamed() {
    assertThat(told("[] write the parser so that it accepts\nquoted strings\nand more\n"))
        .containsExactly(
            "line 2: no part of the task above it (indent it below the task, or leave an empty line"
                + " between them)");
    assertThat(told("- [⏰] one\n  its body\nand this\n")).hasSize(1);
    assertThat(told("[] a\n\nprose\n[] b\n> quote\n[] c\n- note\n[] d\n# Heading\n")).isEmpty();
    assertThat(told("[x] one\nprose\n[🟡, adw_1a2b3c4d] two\nprose\n")).isEmpty();
    assertThat(told("[] one\n===\n[] two\n---\n[] three\n<!-- x -->\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <details>\\n[] a\\n[] b\\n\\n[] c       | HTML that begins in line 1 hides this task
          <pre>\\n[] a\\n\\n[] b                  | HTML that begins in line 1 hides this task
          prose\\n\\n    - [ ] a\\n    - [ ] b     | this task is code, four columns in
          """)
  void aTaskThatABlockHidesIsNamed(String text, String what) {
    assertThat(told(text.translateEscapes())).singleElement().asString().contains(what);
  }

  @Test
  void whatBelongsToATaskIsNoTaskOfItsOwn() {
    assertThat(told("[] one\n\n      [] code\n  []two\n  <div>\n  [] three\n")).isEmpty();
    assertThat(told("<!--\n[] put away\n-->\n\n[] one\n")).isEmpty();
  }

  @Test
  void aHeadingThatMayBeMeantToHoldTasksIsNamed() {
    var cure = "(to hold it, begin with Backlog, Later, Ideas, Deferred or Someday)";

    assertThat(DocumentFindings.of(parse("# T\n\n## Icebox / Later\n\n- [ ] a\n")))
        .extracting(TaskFinding::toString)
        .containsExactly("line 3: what stands below this heading starts " + cure);
    assertThat(DocumentFindings.of(parse("## Branch Strategy\n\n- [ ] a\n")))
        .extracting(TaskFinding::toString)
        .containsExactly(
            "line 1: this heading opens no branch (name one with ## Git Worktree NAME)");
    assertThat(
            DocumentFindings.of(
                parse("## Icebox / Later\n\n- [x] a\n## Branch Strategy\n\ntext\n")))
        .isEmpty();
  }
}
