package adw.task.readiness;

import static adw.task.TaskText.parse;
import static org.assertj.core.api.Assertions.assertThat;

import adw.LinearTime;
import adw.task.DocumentEdits;
import adw.task.DocumentFindings;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.ScheduleTest;
import adw.task.Task;
import adw.task.TaskText;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Big and hostile files take linear time: to read, to look at in every detail, to edit and to
/// plan.
class BigFileTest {
  private static final int TASKS = 10_000;

  private static String repeat(int times, IntFunction<String> line) {
    return IntStream.range(0, times).mapToObj(line).collect(Collectors.joining());
  }

  private static void assertLinear(int size, IntFunction<String> text) throws Exception {
    assertGrowth(3, size, text);
  }

  private static void assertGrowth(double most, int size, IntFunction<String> text)
      throws Exception {
    LinearTime.assertGrowth(
        most,
        size,
        n -> {
          var source = text.apply(n);
          return () -> work(source);
        });
  }

  private static List<Decision> work(String text) {
    var file = parse(text);
    assertThat(file.tasks().stream().allMatch(BigFileTest::isWhole)).isTrue();
    assertThat(DocumentFindings.of(file).stream().allMatch(finding -> finding.line() > 0)).isTrue();
    if (!file.tasks().isEmpty()) {
      var last = file.tasks().getLast();
      DocumentEdits.apply(
          file, List.of(new Edit.Rewrite(last, new Mark.Running("adw_1"), Optional.of("x"))));
    }
    return Readiness.of(file, new TaskText.World(), ScheduleTest.NOW);
  }

  private static boolean isWhole(Task task) {
    return task.prompt().startsWith(task.text())
        && task.title().length() <= task.text().length()
        && task.tags().size() < task.text().length();
  }

  @Test
  void manyTasks() throws Exception {
    assertLinear(TASKS, n -> repeat(n, i -> "- [ ] task number " + i + " #opus\n"));
  }

  @Test
  void manyBlockedTasks() throws Exception {
    IntFunction<String> text = n -> "[x] done\n".repeat(n / 2) + "[⏰] next\n".repeat(n / 2);

    assertLinear(TASKS, text);

    var decisions = work(text.apply(TASKS));
    assertThat(decisions.get(TASKS / 2).state()).isInstanceOf(Decision.Ready.class);
    assertThat(decisions.getLast().state()).isInstanceOf(Decision.Waiting.class);
  }

  @Test
  void aLongChainOfNames() throws Exception {
    IntFunction<String> text = n -> repeat(n, i -> "[⏰ n" + (i + 1) + "] t {#n" + i + "}\n");

    assertLinear(TASKS, text);

    var decisions = work(text.apply(TASKS));
    assertThat(decisions.getLast().state()).isInstanceOf(Decision.Held.class);
    assertThat(decisions.getFirst().state()).isInstanceOf(Decision.Waiting.class);
  }

  @Test
  void aLongCircleOfNames() throws Exception {
    IntFunction<String> text = n -> repeat(n, i -> "[⏰ n" + (i + 1) % n + "] t {#n" + i + "}\n");

    assertLinear(TASKS, text);

    assertThat(work(text.apply(TASKS)))
        .extracting(Decision::state)
        .hasOnlyElementsOfType(Decision.Held.class);
  }

  @Test
  void manyCirclesOfNamesInOne() throws Exception {
    IntFunction<String> text =
        n -> repeat(n, i -> "[⏰ n0, n" + (i + 1) % n + "] t {#n" + i + "}\n");

    assertLinear(TASKS, text);

    assertThat(work(text.apply(TASKS)))
        .extracting(Decision::state)
        .hasOnlyElementsOfType(Decision.Held.class);
  }

  @Test
  void manyTemplates() throws Exception {
    assertLinear(TASKS, n -> "[⏰ daily 03:00] job\n".repeat(n) + "[x] job\n".repeat(n));
    assertLinear(TASKS, n -> repeat(n, i -> "[⏰ daily 03:00] job " + i + "\n"));
  }

  @Test
  void manyGroupsThatHaveEnded() throws Exception {
    assertLinear(TASKS, n -> repeat(n, i -> "[⏰] g #group\n  [✅ aaaa111, adw_" + i + "] s\n"));
  }

  @Test
  void aLongLineWithManyLinesBelow() throws Exception {
    assertLinear(TASKS, n -> "[] " + "x".repeat(10 * n) + "\n" + "  [] nested\n".repeat(n));
  }

  @Test
  void aGroupWithManySubtasksBelowManyTasks() throws Exception {
    assertLinear(
        TASKS,
        n ->
            "[✅ aaaa111, adw_1] z\n".repeat(n / 2)
                + "- [⏰] g #epic\n"
                + "  - [ ] s\n".repeat(n / 2));
  }

  @Test
  void manyGroupsInGroups() throws Exception {
    assertLinear(
        TASKS, n -> repeat(n, i -> " ".repeat(2 * (i % 20)) + "- [ ] g " + i + " #epic\n"));
  }

  /// The text grows with the square of the depth, all bodies together with its cube.
  @Test
  void deepGroupsInGroups() throws Exception {
    assertGrowth(12, 150, n -> repeat(n, i -> " ".repeat(2 * i) + "- [ ] g #epic\n"));
    assertGrowth(
        12,
        150,
        n ->
            repeat(n, i -> " ".repeat(2 * i) + "- [⏰] g #epic\n")
                + " ".repeat(2 * n)
                + "- [⏰] x\n");
  }

  @Test
  void aBodyThatIsIndentedFar() throws Exception {
    assertLinear(10 * TASKS, n -> "[] a\n" + " ".repeat(n) + "x\n");
    assertLinear(TASKS, n -> "[] a\n" + (" ".repeat(200) + "x\n").repeat(n / 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "`",
        "``` `` ` ",
        "[",
        "[a](",
        "](",
        "[a][",
        "#",
        "# ",
        "#a ",
        "@",
        " // ",
        "{",
        "}",
        "{#a} ",
        "\\",
        "|",
        "-|",
        " ",
        "\t",
        "*",
        "<!--",
        "<!-- ",
        "é",
        "⏰",
        "mon,",
        "// ",
        "a=b,",
        "(#a)"
      })
  void aVeryLongLine(String piece) throws Exception {
    IntFunction<String> line = n -> piece.repeat(n / piece.length());
    for (var text :
        List.<IntFunction<String>>of(
            n -> "[❌] a " + line.apply(n) + "\n",
            n -> "[] {" + line.apply(n) + "}\n",
            n -> "[⏰ " + line.apply(n) + "] a\n",
            n -> line.apply(n) + "\n[] a\n")) {
      assertLinear(5 * TASKS, text);
    }
  }

  @Test
  void manyTags() throws Exception {
    IntFunction<String> text = n -> "[] a " + repeat(n, i -> "#tag" + i + " ") + "\n";

    assertLinear(TASKS, text);

    assertThat(work(text.apply(TASKS))).hasSize(1);
  }

  /// Lines that Markdown opens or nests something with.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "> > > > > > > >\n",
        "```\n\n",
        "<div>\n\n",
        "[a]: /b\n",
        "a | b\n--- | ---\n",
        "<!-- adw: pause\n",
        "<<<<<<< \n",
        "# a\n",
        "- ",
        ">"
      })
  void manyBlocks(String block) throws Exception {
    assertLinear(TASKS / 2, n -> block.repeat(n) + "\n[] a\n");
  }

  @Test
  void manyQuotesInQuotes() throws Exception {
    assertLinear(TASKS / 2, n -> repeat(n, i -> "> ".repeat(i % 200) + "[] x\n"));
  }
}
