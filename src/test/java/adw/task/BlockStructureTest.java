package adw.task;

import static adw.task.TaskText.only;
import static adw.task.TaskText.parse;
import static adw.task.TaskText.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which lines of Markdown are tasks.
class BlockStructureTest {
  private static final Set<String> SWALLOWING = Set.of("```\n[] no\n", "<!--\n[] no\n");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```\n[] no\n```\n",
        "~~~md\n- [ ] no\n~~~\n",
        "- note\n  ```\n  [] no\n  ```\n",
        "```\n[] no\n",
        "para\n\n    [] no\n",
        "\t[] no\n",
        "- note\n\n      [] no\n",
        "<!-- [] no\n[] no -->\n",
        "<!--\n[] no\n",
        "<div>\n[] no\n</div>\n",
        "<!-- x --> [] no\n",
        "> [] no\n",
        "> - [ ] no\n",
        "| [] no | b |\n|---|---|\n| [] no | c |\n",
        "[] no | b\n---|---\n[] no | c\n",
        "---\ntitle: x\n[] no\n---\n",
        "-     [] no\n",
        "1.     [] no\n"
      })
  void codeHtmlQuotesTablesAndFrontMatterHoldNoTasks(String text) {
    assertThat(parse(text).tasks()).isEmpty();
    assertThat(texts(parse(text + "\n\n---\n\n# H\n\n[] yes\n")))
        .isSubsetOf("yes")
        .hasSize(SWALLOWING.contains(text) ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[] a\n[] b\n",
        "[] a\n[] b\n---\n",
        "[] a\n[] b\n===\n",
        "- [] a\n[] b\n",
        "- [] a\n- [] b\n---\n",
        "[🟡, id]: /url\n[] a\n[] b\n",
        "[] a <!-- c\n[] b d -->\n",
        "text\n[] a\n    \n[] b\n",
        "> quote\n[] a\n[] b\n",
        "1. [] a\n2. [] b\n",
        "2) [] a\n1986. [] b\n",
        "\uFEFF[] a\n[] b\n",
        "[] a\r\n[] b\r\n",
        "[] a\r\n[] b",
        "[] a | x\n\n[] b\n",
        "[] a | x | y\n---|---\n\n[] b\n",
        "---\n\n[] a\n\n---\n[] b\n",
        "* a note\n\n  [] a\n\n  [] b\n",
        "- note\n    - [] a\n    - [] b\n",
        "```\ncode\n```\n[] a\n[] b\n",
        "<br>\n\n[] a\n[] b\n"
      })
  void theseAreTwoTasks(String text) {
    assertThat(parse(text).tasks()).extracting(t -> t.text().charAt(0)).containsExactly('a', 'b');
  }

  @Test
  void linesEndAtNewlinesOnly() {
    var task = only("[] a\u0085b\u2028c\rd\n");

    assertThat(task.text()).isEqualTo("a\u0085b\u2028c\rd");
  }

  @Test
  void aFenceThatNothingClosesIsAWarning() {
    assertThat(DocumentFindings.of(parse("[] a\n\n```\n[] b\n")))
        .containsExactly(
            TaskFinding.warning(
                3,
                "a code fence that nothing closes hides all lines below",
                "close it with a line of its own"));
  }

  @Test
  void aCommentThatNothingClosesIsAWarning() {
    assertThat(DocumentFindings.of(parse("[] a\n\n<!-- x\n[] b\n")))
        .extracting(TaskFinding::line)
        .containsExactly(3);
  }

  @Test
  void indentedLinesAndFencesBelowATaskAreItsBody() {
    var file =
        parse(
            """
            - [ ] add a page #sh
              with a title

              - [ ] and a list
                - [x] of things

            ```sh
            echo one
              echo two
            ```

            > [] an answer is no task

            Prose ends it.
              [] next
            """);

    assertThat(texts(file)).containsExactly("add a page #sh", "next");
    assertThat(file.tasks().getFirst().body())
        .isEqualTo(
            """
              with a title

              - [ ] and a list
                - [x] of things

            ```sh
            echo one
              echo two
            ```\
            """
                .stripIndent());
  }

  @Test
  void aQuoteRightBelowATaskIsPartOfItsBody() {
    var file = parse("[❓, adw_1a2b3c4d] which? // a or b\n> take a\n[] next\n");

    assertThat(file.tasks()).hasSize(2);
    assertThat(file.tasks().getFirst().body()).isEqualTo("> take a");
    assertThat(file.tasks().getFirst().prompt()).isEqualTo("which?\n\n> take a");
  }

  @Test
  void theBodyIsShownWithoutTheIndentationThatItShares() {
    assertThat(only("[] a\r\n    one\r\n\r\n      two\r\n").body()).isEqualTo("one\n\n  two");
  }

  @Test
  void nestedTasksOfAGroupAreSubtasks() {
    var file =
        parse(
            """
            - [ ] the whole #epic {budget=5}
              - [x] first
                - [ ] a detail of first
              - [ ] inner #group
                - [ ] deep
              - [ ] last
            - [ ] after
            """);

    assertThat(texts(file))
        .containsExactly("the whole #epic", "first", "inner #group", "deep", "last", "after");
    var epic = file.tasks().getFirst();
    assertThat(epic.children())
        .extracting(Task::text)
        .containsExactly("first", "inner #group", "last");
    assertThat(file.tasks().get(1).body()).isEqualTo("- [ ] a detail of first");
    assertThat(file.tasks().get(3).parent()).map(Task::text).contains("inner #group");
    assertThat(file.tasks().getLast().parent()).isEmpty();
  }

  @Test
  void oneBlankMoreIsNoNesting() {
    assertThat(parse("[] a\n [] b\n").tasks()).hasSize(2);
    assertThat(parse("[] a\n  [] b\n").tasks()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- [ ]\u00A0a task #sh {#n}",
        "- [\u00A0] a task #sh\u00A0{#n}",
        "-\u00A0[ ] a task\u00A0#sh {#n}",
        "[]\u3000a task #sh {#n}",
        "\u00A0\u00A0- [\u202F]\u00A0a task #sh {#n}",
        "[] a task #sh {#n}\u00A0"
      })
  void aBlankThatOnlyLooksLikeASpaceIsOne(String line) {
    var task = only(line);

    assertThat(task.title()).isEqualTo("a task");
    assertThat(task.tags()).containsExactly("sh");
    assertThat(task.name()).contains("n");
    assertThat(task.mark()).isEqualTo(new Mark.Pending());
  }

  @Test
  void linesIndentedByNoBreakSpacesAreABody() {
    assertThat(only("[] a\n\u00A0\u00A0one\n \u00A0two\n   three\n").body())
        .isEqualTo("one\ntwo\n three");
  }

  @Test
  void boxesBelowTheStatesOfOtherProgramsDoNotStart() {
    for (var sign : "/>~!?".split("")) {
      for (var bullet : new String[] {"- ", ""}) {
        var box = bullet + "[" + sign + "] half done\n";
        assertThat(texts(parse(box + "  - [ ] a step\n\n    - [ ] deeper\n- [ ] next\n")))
            .containsExactly("next");
      }
    }
    assertThat(texts(parse("- [/] one\n\nprose\n\n  [] two\n- [>] x\n# H\n  [] three\n")))
        .containsExactly("two", "three");
    assertThat(texts(parse("- [ ] g #epic\n  - [/] x\n    - [ ] y\n  - [ ] z\n")))
        .containsExactly("g #epic", "z");
    assertThat(only("- [ ] a\n  - [/] x\n    - [ ] y\n").body()).isEqualTo("- [/] x\n  - [ ] y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Backlog (priority order)",
        "Backlog: nice to have",
        "Backlog - not now",
        "Later (v2)",
        "later: x",
        "Ideas & questions",
        "[Backlog](https://example.org)",
        "[Backlog][ref]",
        "**Backlog**",
        "_Someday_ maybe",
        "~~Deferred~~",
        "📦 Backlog",
        "3. Later",
        "Backlog <!-- fold -->",
        "Backlog {#backlog}",
        "Someday/maybe"
      })
  void theFirstWordOfAHeadingParks(String heading) {
    assertThat(only("# T\n\n## " + heading + "\n\n- [ ] a\n").isParked()).isTrue();
    assertThat(only("## " + heading + "\n\n<br>\n\n- [ ] a\n").isParked()).isTrue();
    assertThat(only("##\u00A0" + heading + "\n\n- [ ] a\n").isParked()).isTrue();
    assertThat(only("##\u00A0" + heading + "\n\n<br>\n\n- [ ] a\n").isParked()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Icebox / Later",
        "The backlog",
        "Later-stage work",
        "Ideas2",
        "Laterals",
        "To do"
      })
  void anotherFirstWordDoesNot(String heading) {
    assertThat(only("## " + heading + "\n\n- [ ] a\n").isParked()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Branch Strategy",
        "Branch strategy",
        "Branch Protection",
        "Branch naming rules",
        "Branch is merged at night"
      })
  void aHeadingAboutBranchesOpensNone(String heading) {
    assertThat(only("## " + heading + "\n\n- [ ] a\n").scope().name()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Branch pay", "branch fix-2", "Branch `Strategy`", "Git Worktree Strategy"})
  void aHeadingThatNamesABranchOpensIt(String heading) {
    assertThat(only("## " + heading + "\n\n- [ ] a\n").scope().name()).isPresent();
  }

  @Test
  void headingsOpenScopesAndParkWhatIsBelow() {
    var file =
        parse(
            """
            # Tasks
            [] one
            ## Backlog
            [] two
            ### Small
            [] three
            ## Next
            [] four
            ### Git Worktree auth-api ###
            [] five
            ## Ideas:
            [] six

            Branch `b`
            ----------
            [] seven
            - ## Git Worktree no
            """);

    assertThat(file.tasks())
        .extracting(t -> t.text() + " " + t.scope().name().orElse("-") + " " + t.isParked())
        .containsExactly(
            "one - false",
            "two - true",
            "three - true",
            "four - false",
            "five auth-api false",
            "six auth-api true",
            "seven b false");
    assertThat(file.scopes()).extracting(TaskScope::line).containsExactly(0, 9, 14);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../x",
        "a/b",
        "a b",
        "-x",
        ".x",
        "a..b",
        "x.lock",
        "x.",
        "a~b",
        "a:b",
        "a\\b",
        "a*b",
        "a\u200Bb",
        "a\u202Eb",
        "@",
        "a@{b",
        "$(touch x)",
        "HEAD",
        "adw_1a2b3c4d"
      })
  void aNameThatCannotBeAWorktreeIsAnErrorOnItsTasks(String name) {
    var file = parse("## Git Worktree " + name + "\n[] a\n");

    assertThat(file.scopes().getLast().fault()).isPresent();
    assertThat(DocumentFindings.of(file)).extracting(TaskFinding::line).containsExactly(2);
  }

  @Test
  void aNameMayHaveAHundredBytes() {
    assertThat(parse("## Branch " + "ä".repeat(50)).scopes().getLast().fault()).isEmpty();
    assertThat(parse("## Branch " + "ä".repeat(51)).scopes().getLast().fault()).isPresent();
  }

  @Test
  void theFileSaysThatItIsPaused() {
    assertThat(parse("[] a\n\n<!-- adw: pause -->\n").isPaused()).isTrue();
    assertThat(parse("[] a <!--adw:pause-->\n").isPaused()).isTrue();
    assertThat(parse("```\n<!-- adw: pause -->\n```\n").isPaused()).isFalse();
    assertThat(parse("<!-- adw: resume -->\n").isPaused()).isFalse();
  }

  @Test
  void conflictMarkersAreSeen() {
    var conflict = "[] a\n<<<<<<< HEAD\n[] b\n=======\n[] c\n>>>>>>> other\n";

    assertThat(parse(conflict).hasConflictMarkers()).isTrue();
    assertThat(parse("Title\n=======\n[] c\n").hasConflictMarkers()).isFalse();
  }
}
