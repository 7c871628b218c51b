package adw.task.readiness;

import static adw.task.TaskText.parse;
import static org.assertj.core.api.Assertions.assertThat;

import adw.task.CpuTime;
import adw.task.DocumentEdits;
import adw.task.DocumentFindings;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.ScheduleTest;
import adw.task.TaskText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Big and hostile files take linear time: each of these takes far less processor time than the
/// limit, and minutes when something is quadratic.
class BigFileTest {
  /// 100,000 in earnest; fewer each day.
  private static final int TASKS = Integer.getInteger("adw.tasks", 20_000);

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static String repeat(int times, IntFunction<String> line) {
    return IntStream.range(0, times).mapToObj(line).collect(Collectors.joining());
  }

  private static List<Decision> work(String text) throws Exception {
    return CpuTime.within(
        LIMIT,
        () -> {
          var file = parse(text);
          file.tasks()
              .forEach(task -> assertThat(task.title() + task.tags() + task.body()).isNotNull());
          assertThat(DocumentFindings.of(file)).isNotNull();
          if (!file.tasks().isEmpty()) {
            var last = file.tasks().getLast();
            DocumentEdits.apply(
                file, List.of(new Edit.Rewrite(last, new Mark.Running("adw_1"), Optional.of("x"))));
          }
          return Readiness.of(file, new TaskText.World(), ScheduleTest.NOW);
        });
  }

  @Test
  void manyTasks() throws Exception {
    assertThat(work(repeat(TASKS, i -> "- [ ] task number " + i + " #opus\n"))).hasSize(TASKS);
  }

  @Test
  void manyBlockedTasks() throws Exception {
    var decisions = work("[x] done\n".repeat(TASKS / 2) + "[⏰] next\n".repeat(TASKS / 2));

    assertThat(decisions.get(TASKS / 2).state()).isInstanceOf(Decision.Ready.class);
    assertThat(decisions.getLast().state()).isInstanceOf(Decision.Waiting.class);
  }

  @Test
  void aLongChainOfNames() throws Exception {
    var decisions = work(repeat(TASKS, i -> "[⏰ n" + (i + 1) + "] t {#n" + i + "}\n"));

    assertThat(decisions.getLast().state()).isInstanceOf(Decision.Held.class);
    assertThat(decisions.getFirst().state()).isInstanceOf(Decision.Waiting.class);
  }

  @Test
  void aLongCircleOfNames() throws Exception {
    var decisions = work(repeat(TASKS, i -> "[⏰ n" + (i + 1) % TASKS + "] t {#n" + i + "}\n"));

    assertThat(decisions).extracting(Decision::state).hasOnlyElementsOfType(Decision.Held.class);
  }

  @Test
  void manyCirclesOfNamesInOne() throws Exception {
    var decisions = work(repeat(TASKS, i -> "[⏰ n0, n" + (i + 1) % TASKS + "] t {#n" + i + "}\n"));

    assertThat(decisions).extracting(Decision::state).hasOnlyElementsOfType(Decision.Held.class);
  }

  @Test
  void manyTemplates() throws Exception {
    work("[⏰ daily 03:00] job\n".repeat(TASKS) + "[x] job\n".repeat(TASKS));
    work(repeat(TASKS, i -> "[⏰ daily 03:00] job " + i + "\n"));
  }

  @Test
  void manyGroupsThatHaveEnded() throws Exception {
    work(repeat(TASKS, i -> "[⏰] g #group\n  [✅ aaaa111, adw_" + i + "] s\n"));
  }

  @Test
  void aLongLineWithManyLinesBelow() throws Exception {
    work("[] " + "x".repeat(10 * TASKS) + "\n" + "  [] nested\n".repeat(TASKS));
  }

  @Test
  void aGroupWithManySubtasksBelowManyTasks() throws Exception {
    work(
        "[✅ aaaa111, adw_1] z\n".repeat(TASKS / 2)
            + "- [⏰] g #epic\n"
            + "  - [ ] s\n".repeat(TASKS / 2));
  }

  @Test
  void groupsInGroups() throws Exception {
    work(repeat(300, i -> " ".repeat(2 * i) + "- [ ] g #epic\n"));
    work(repeat(300, i -> " ".repeat(2 * i) + "- [⏰] g #epic\n") + " ".repeat(600) + "- [⏰] x\n");
  }

  @Test
  void veryLongLines() throws Exception {
    var mega = 10 * TASKS;
    for (var piece :
        List.of(
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
            "(#a)")) {
      var line = piece.repeat(mega / piece.length());
      work("[❌] a " + line + "\n");
      work("[] {" + line + "}\n");
      work("[⏰ " + line + "] a\n");
      work(line + "\n[] a\n");
    }
  }

  @Test
  void tenThousandTags() throws Exception {
    assertThat(work("[] a " + repeat(10_000, i -> "#tag" + i + " ") + "\n")).hasSize(1);
  }

  @Test
  void nestedMarkdown() throws Exception {
    var lines = 10_000;
    work("> > > > > > > >\n".repeat(lines) + "[] a\n");
    work(repeat(lines, i -> "> ".repeat(i % 200) + "[] x\n"));
    work("- ".repeat(lines) + "[] a\n");
    work(repeat(300, i -> " ".repeat(2 * i) + "- [] a\n"));
    work(">".repeat(TASKS) + "\n[] a\n");
    work("```\n\n".repeat(lines) + "[] a\n");
    work("<div>\n\n".repeat(lines) + "[] a\n");
    work("[a]: /b\n".repeat(lines) + "[] a\n");
    work("a | b\n--- | ---\n".repeat(lines) + "[] a\n");
    work("<!-- adw: pause\n".repeat(lines) + "[] a\n");
    work("<<<<<<< \n".repeat(lines) + "[] a\n");
  }
}
