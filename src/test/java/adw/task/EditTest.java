package adw.task;

import static adw.task.TaskText.parse;
import static adw.task.TaskText.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditTest {
  private static final String ID = "adw_1a2b3c4d";

  private static Edit end(Task task, Mark mark, String tail) {
    return new Edit.Rewrite(task, mark, Optional.of(tail).filter(t -> !t.isEmpty()));
  }

  @Test
  void onlyTheMarkAndTheTailChange() {
    var file = parse("\uFEFF# T\r\n- [x] a\n 1) []  b   #x {budget=2}\t \r\n\tbody\n[] c");

    var changed =
        DocumentEdits.apply(
            file,
            List.of(
                end(file.tasks().get(1), new Mark.Failed(Optional.of(ID)), "no tests"),
                end(file.tasks().get(2), new Mark.Running(ID), "")));

    assertThat(text(changed))
        .isEqualTo(
            "\uFEFF# T\r\n- [x] a\n 1) [❌, adw_1a2b3c4d]  b   #x {budget=2} // no tests\t \r\n"
                + "\tbody\n[🟡, adw_1a2b3c4d] c");
  }

  @Test
  void aClaimTakesTheOldTailAway() {
    var file = parse("[retry] use // comments // it broke \n");

    var changed =
        DocumentEdits.apply(file, List.of(end(file.tasks().getFirst(), new Mark.Running(ID), "")));

    assertThat(text(changed)).isEqualTo("[🟡, adw_1a2b3c4d] use // comments \n");
  }

  @Test
  void aLineGoesBackToWhatItWasByItsOwnCharacters() {
    var file = parse("[🟡, adw_1a2b3c4d] a\n");

    var changed =
        DocumentEdits.apply(
            file,
            List.of(new Edit.Restore(file.tasks().getFirst(), "⏰\uFE0F  b,c", Optional.empty())));

    assertThat(text(changed)).isEqualTo("[⏰\uFE0F  b,c] a\n");
  }

  @Test
  void pendingIsWrittenAsItIsUsuallyTyped() {
    var file = parse("[🟡, a] a\n- [🟡, b] b\n");

    var changed =
        DocumentEdits.apply(
            file, file.tasks().stream().map(t -> end(t, new Mark.Pending(), "")).toList());

    assertThat(text(changed)).isEqualTo("[] a\n- [ ] b\n");
  }

  @Test
  void aDoneLineMovesWithItsBodyToTheEndOfDone() {
    var file =
        parse(
            """
            # Tasks

            - [🟡, adw_1a2b3c4d] a
              more of a

            - [ ] b

            ## Done

            - [x] old

            ## Git Worktree w
            - [ ] c
            """);
    var a = file.tasks().getFirst();

    var changed =
        DocumentEdits.apply(
            file,
            List.of(
                end(a, new Mark.Done(Optional.of("1a2b3c4"), Optional.of(ID)), ""),
                new Edit.MoveToDone(a)));

    assertThat(text(changed))
        .isEqualTo(
            """
            # Tasks


            - [ ] b

            ## Done

            - [x] old
            - [✅ 1a2b3c4, adw_1a2b3c4d] a
              more of a

            ## Git Worktree w
            - [ ] c
            """);
  }

  @Test
  void anEmptyDoneSectionKeepsTheLineBelowItsHeading() {
    var file = parse("[x] a\r\n[] b\r\n## Completed\r\n\r\nTitle\r\n===\r\n");

    var changed = DocumentEdits.apply(file, List.of(new Edit.MoveToDone(file.tasks().getFirst())));

    assertThat(text(changed))
        .isEqualTo("[] b\r\n## Completed\r\n\r\n[x] a\r\n\r\nTitle\r\n===\r\n");
  }

  private static String doneFirst(String text) {
    var file = parse(text);
    return text(DocumentEdits.apply(file, List.of(new Edit.MoveToDone(file.tasks().getFirst()))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- Key bindings\n    * [x] a step\n    * [ ] b\n- Search\n\n## Done\n\n- Old card\n",
        "Some words:\n\n  - [x] a step\n\n## Done\n",
        "1. A note\n   [x] a step\n# Done\n"
      })
  void anIndentedLineStaysBelowItsNote(String text) {
    assertThat(doneFirst(text)).isEqualTo(text);
  }

  @Test
  void aLineIndentedBelowNothingMoves() {
    assertThat(doneFirst("# T\n\n  - [x] a\n\n## Done\n"))
        .isEqualTo("# T\n\n\n## Done\n  - [x] a\n");
  }

  @Test
  void aDoneLineGoesBehindTheLastItemOfDone() {
    var board = "\n\n%% kanban:settings\n```\n{\"kanban-plugin\":\"basic\"}\n```\n%%\n";

    assertThat(doneFirst("- [x] a\n\n## Done\n\n**Complete**\n- [x] old\n  its body" + board))
        .isEqualTo("\n## Done\n\n**Complete**\n- [x] old\n  its body\n- [x] a" + board);
    assertThat(doneFirst("- [x] a\n\n## Done\n" + board))
        .isEqualTo("\n## Done\n\n- [x] a\n" + board.substring(1));
    assertThat(doneFirst("- [x] a\n\n## Done\n\n- old\n\n***\n\n- [link](x)\n"))
        .isEqualTo("\n## Done\n\n- old\n- [x] a\n\n***\n\n- [link](x)\n");
    assertThat(doneFirst("- [x] a\n\n## Done\n\n- [x] old\n\nSome last words.\n"))
        .isEqualTo("\n## Done\n\n- [x] old\n- [x] a\n\nSome last words.\n");
  }

  @Test
  void aFinalNewlineThatIsMissingStaysMissing() {
    var file = parse("[x] a\n[x] b\n## Done\n[x] c");

    var changed =
        DocumentEdits.apply(
            file, file.tasks().subList(0, 2).stream().<Edit>map(Edit.MoveToDone::new).toList());

    assertThat(text(changed)).isEqualTo("## Done\n[x] c\n[x] a\n[x] b");
  }

  @Test
  void aLastLineWithoutANewlineMovesToo() {
    var file = parse("## Done\n[x] c\n\n# Other\n[🟡, adw_1a2b3c4d] a");
    var a = file.tasks().getLast();

    var changed =
        DocumentEdits.apply(
            file,
            List.of(
                end(a, new Mark.Done(Optional.empty(), Optional.of(ID)), ""),
                new Edit.MoveToDone(a)));

    assertThat(text(changed)).isEqualTo("## Done\n[x] c\n[✅, adw_1a2b3c4d] a\n\n# Other\n");
  }

  @Test
  void aLineThatWouldVanishStaysWhereItIs() {
    var file = parse("[x] a\n\n## Done\n\n```\nnothing closes this\n");

    assertThat(
            text(DocumentEdits.apply(file, List.of(new Edit.MoveToDone(file.tasks().getFirst())))))
        .isEqualTo(text(file));
  }

  @Test
  void belowHtmlABlankLineComesFirst() {
    var file = parse("[x] a\n\n## Done\n<div>\n");

    assertThat(
            text(DocumentEdits.apply(file, List.of(new Edit.MoveToDone(file.tasks().getFirst())))))
        .isEqualTo("\n## Done\n<div>\n\n[x] a\n");
  }

  @Test
  void withoutADoneHeadingNothingMoves() {
    var file = parse("[x] a\n## Git Worktree w\n## Done\n");

    assertThat(
            text(DocumentEdits.apply(file, List.of(new Edit.MoveToDone(file.tasks().getFirst())))))
        .isEqualTo(text(file));
  }

  @Test
  void aCopyOfATemplateStandsBelowIt() {
    var file = parse("- [⏰ daily 03:00] tidy #sh {#tidy, budget=2}\n  body\n- [] b\n");

    var changed = DocumentEdits.apply(file, List.of(new Edit.InsertCopy(file.tasks().getFirst())));

    assertThat(text(changed))
        .isEqualTo(
            """
            - [⏰ daily 03:00] tidy #sh {#tidy, budget=2}
              body
            - [ ] tidy #sh {budget=2}
              body
            - [] b
            """);
  }

  @Test
  void aLineIsPutBackBelowAnother() {
    var file = parse("[] a\r\n  body");

    var changed =
        DocumentEdits.apply(
            file, List.of(new Edit.InsertBelow(file.tasks().getFirst(), "[] b\n  more\n")));

    assertThat(text(changed)).isEqualTo("[] a\r\n  body\r\n[] b\r\n  more");
  }

  @Test
  void aNewTaskGoesBehindTheQueueOfItsScope() {
    var file = parse("# T\n- [ ] a\n  body\n\n## Done\n- [x] b\n\n## Git Worktree w\n\nprose\n");

    var changed =
        DocumentEdits.apply(
            file,
            List.of(
                new Edit.Append(Optional.empty(), "new\none", "why\n\nmore"),
                new Edit.Append(Optional.of("w"), "second", ""),
                new Edit.Append(Optional.of("v"), "third", "")));

    assertThat(text(changed))
        .isEqualTo(
            """
            # T
            - [ ] a
              body
            - [ ] new one
              why

              more

            ## Done
            - [x] b

            ## Git Worktree w

            - [ ] second

            prose

            ## Git Worktree v

            - [ ] third
            """);
  }

  @Test
  void theFirstTaskOfAFileStandsAtItsEndOrBeforeItsSections() {
    var add = List.<Edit>of(new Edit.Append(Optional.empty(), "a", ""));

    assertThat(text(DocumentEdits.apply(parse(""), add))).isEqualTo("[] a\n");
    assertThat(text(DocumentEdits.apply(parse("# T\n"), add))).isEqualTo("# T\n\n[] a\n");
    assertThat(text(DocumentEdits.apply(parse("# T"), add))).isEqualTo("# T\n\n[] a");
    assertThat(text(DocumentEdits.apply(parse("# T\n\n## Done\n"), add)))
        .isEqualTo("# T\n\n[] a\n\n## Done\n");
  }

  @Test
  void archivedLinesLeaveTheFileAndEndTheArchive() {
    var file = parse("[x] a\n  body\n[] b\n- [ ] g #epic\n  - [x] sub\n[-] c");
    var tasks = file.tasks();

    var archive =
        ArchivedText.of(
            file,
            List.of(tasks.get(4), tasks.get(0), tasks.get(3)),
            "# Old\n[x] z".getBytes(UTF_8));

    assertThat(new String(archive.file(), UTF_8)).isEqualTo("[] b\n- [ ] g #epic\n  - [x] sub\n");
    assertThat(new String(archive.archived(), UTF_8))
        .isEqualTo("# Old\n[x] z\n[x] a\n  body\n[-] c\n");
  }

  @Test
  void ofTwoEditsOfOneLineTheLastCounts() {
    var file = parse("[] a\n");
    var a = file.tasks().getFirst();

    var changed =
        DocumentEdits.apply(
            file,
            List.of(
                end(a, new Mark.Running(ID), ""),
                end(a, new Mark.Failed(Optional.of(ID)), "it broke")));

    assertThat(text(changed)).isEqualTo("[❌, adw_1a2b3c4d] a // it broke\n");
  }
}
