package adw.task.file;

import static org.assertj.core.api.Assertions.assertThat;

import adw.task.Edit;
import adw.task.Mark;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person saves, after the daemon has edited the file, and what becomes of both.
class SaveReplayTest {
  private static final String A = "adw_aaaaaaaa";
  private static final String B = "adw_bbbbbbbb";
  private static final String C = "adw_cccccccc";

  @TempDir Path folder;
  private TaskFileScene scene;

  @BeforeEach
  void threeTasks() throws Exception {
    scene = TaskFileScene.of(folder, "[] one\n[] two\n[] three\n");
  }

  @Test
  void aClaimThatTheSaveHasNotSeenIsPutBack() throws Exception {
    scene.claim("one", A);

    scene.save("[] one\n[] two\n[] three\n[] four\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[🟡, adw_aaaaaaaa] one\n[] two\n[] three\n[] four\n");
  }

  @Test
  void aDoneLineIsPutBackWithTheWayToSayItSoThatItCounts() throws Exception {
    scene.claim("one", A);
    scene.done(A, "1a2b3c4");

    scene.save("[] one\n[] two changed\n[] three\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text())
        .isEqualTo(
            """
            [✅ 1a2b3c4, adw_aaaaaaaa] one // already done; to run it again write [retry]
            [] two changed
            [] three
            """);
  }

  @Test
  void retryAlwaysCounts() throws Exception {
    scene.claim("one", A);
    scene.done(A, "1a2b3c4");

    scene.save("[retry] one\n[] two\n[] three\n");

    assertThat(scene.commands()).containsExactly("start over one after " + A);
    assertThat(scene.text()).isEqualTo("[retry] one\n[] two\n[] three\n");
  }

  @Test
  void retryOnALineThatWasPutBackCounts() throws Exception {
    scene.claim("one", A);
    scene.done(A, "1a2b3c4");
    scene.save("[] one\n[] two\n[] three\n");
    scene.commands();

    scene.save("[retry] one // already done; to run it again write [retry]\n[] two\n[] three\n");

    assertThat(scene.commands()).containsExactly("start over one after " + A);
    var task = scene.read().document().tasks().getFirst();
    assertThat(task.prompt()).isEqualTo("one");
  }

  @Test
  void anEndedLineResetByWhoeverSawTheEndStartsOver() throws Exception {
    scene.claim("one", A);
    scene.failed(A, "no luck");
    scene.claim("two", B);

    scene.save("[] one\n[🟡, adw_bbbbbbbb] two\n[] three\n");

    assertThat(scene.commands()).containsExactly("start over one after " + A);
    assertThat(scene.text()).isEqualTo("[] one\n[🟡, adw_bbbbbbbb] two\n[] three\n");
  }

  @Test
  void theReasonLeftOnTheLineShowsThatTheEndWasSeen() throws Exception {
    scene.claim("one", A);
    scene.failed(A, "no luck");

    scene.save("[] one // no luck\n[] two\n[] three\n");

    assertThat(scene.commands()).containsExactly("start over one after " + A);
    assertThat(scene.read().document().tasks().getFirst().prompt()).isEqualTo("one");
  }

  @Test
  void aRunningLineSetToPendingIsPutBack() throws Exception {
    scene.claim("one", A);
    scene.claim("two", B);

    scene.save("[] one\n[🟡, adw_bbbbbbbb] two\n[] three\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text())
        .isEqualTo("[🟡, adw_aaaaaaaa] one\n[🟡, adw_bbbbbbbb] two\n[] three\n");
  }

  @Test
  void aRunningLineCrossedOutIsCancelled() throws Exception {
    scene.claim("one", A);

    scene.save("[⊘, adw_aaaaaaaa] one\n[] two\n[] three\n");

    assertThat(scene.commands()).containsExactly("cancel " + A + " at one");
    assertThat(scene.text()).isEqualTo("[⊘, adw_aaaaaaaa] one\n[] two\n[] three\n");
  }

  @Test
  void aRunningLineThatIsDeletedIsCancelledIfTheClaimWasSeen() throws Exception {
    scene.claim("one", A);
    scene.claim("two", B);

    scene.save("[🟡, adw_bbbbbbbb] two\n[] three\n");
    assertThat(scene.commands()).isEmpty();
    scene.now = scene.now.plusSeconds(10);

    assertThat(scene.commands()).containsExactly("cancel " + A);
    assertThat(scene.text()).isEqualTo("[🟡, adw_bbbbbbbb] two\n[] three\n");
  }

  @Test
  void aRunningLineThatIsDeletedIsCancelledThoughNothingShowsWhatWasSeen() throws Exception {
    scene.claim("two", B);

    scene.save("[] one\n[] three\n");
    assertThat(scene.commands()).isEmpty();
    scene.now = scene.now.plusSeconds(10);

    assertThat(scene.commands()).containsExactly("cancel " + B);
    assertThat(scene.text()).isEqualTo("[] one\n[] three\n");
  }

  @Test
  void aRunningLineThatIsMissingInASurelyOldTextComesBack() throws Exception {
    scene.claim("one", A);
    scene.claim("two", B);

    scene.save("[] one\n[] three\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text())
        .isEqualTo("[🟡, adw_aaaaaaaa] one\n[🟡, adw_bbbbbbbb] two\n[] three\n");
  }

  @Test
  void aRunningLineTickedOffIsTakenOver() throws Exception {
    scene.claim("one", A);

    scene.save("[x] one\n[] two\n[] three\n");

    assertThat(scene.commands()).containsExactly("taken over " + A + " at one");
    assertThat(scene.text()).isEqualTo("[x] one\n[] two\n[] three\n");
  }

  @Test
  void aPendingLineCrossedOutIsNotRun() throws Exception {
    scene.save("[] one\n[⊘] two\n[] three\n");

    assertThat(scene.commands()).containsExactly("do not run two");
  }

  @Test
  void anAnswerBelowAQuestionContinuesTheRun() throws Exception {
    scene.claim("one", A);
    scene.end(A, new Mark.NeedsYou(A), Optional.of("which separator?"));

    scene.save("[] one // which separator?\n  > use ;\n  > please\n[] two\n[] three\n");

    assertThat(scene.commands()).containsExactly("continue " + A + ": use ;\nplease");
    assertThat(scene.text())
        .isEqualTo(
            "[❓, adw_aaaaaaaa] one // which separator?\n  > use ;\n  > please\n[] two\n[] three\n");
  }

  @Test
  void anAnswerCountsEvenIfNothingElseShowsThatTheQuestionWasSeen() throws Exception {
    scene.claim("one", A);
    scene.end(A, new Mark.NeedsYou(A), Optional.of("which separator?"));

    scene.save("[] one\n  > use ;\n[] two\n[] three\n");

    assertThat(scene.commands()).containsExactly("continue " + A + ": use ;");
  }

  @Test
  void feedbackBelowADoneLineContinuesItsBranch() throws Exception {
    scene.claim("one", A);
    scene.done(A, "1a2b3c4");

    scene.save("[] one\n  > tests are missing\n[] two\n[] three\n");

    assertThat(scene.commands()).containsExactly("continue " + A + ": tests are missing");
  }

  @Test
  void aCommandComesAgainUntilItIsHandled() throws Exception {
    scene.claim("one", A);
    scene.save("[⊘] one\n[] two\n[] three\n");

    assertThat(scene.read().commands()).hasSize(1);
    assertThat(scene.open(WriteStep.NONE).<FileReading>locked(LockedTaskFile::read))
        .isInstanceOfSatisfying(
            FileReading.Current.class, current -> assertThat(current.commands()).hasSize(1));
    assertThat(scene.commands()).hasSize(1);
    assertThat(scene.commands()).isEmpty();
  }

  @Test
  void aLineIsFoundByItsRunWhereverItWentAndWhateverItSays() throws Exception {
    scene.claim("one", A);

    scene.save("[] two\n[] three\n[🟡, adw_aaaaaaaa] quite another text\n");

    assertThat(scene.commands()).isEmpty();
    scene.done(A, "1a2b3c4");
    assertThat(scene.text())
        .isEqualTo("[] two\n[] three\n[✅ 1a2b3c4, adw_aaaaaaaa] quite another text\n");
  }

  @Test
  void anOldTextInWhichTheLineMovedGetsItsMark() throws Exception {
    scene.claim("one", A);

    scene.save("[] three\n[] two\n[] one\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[] three\n[] two\n[🟡, adw_aaaaaaaa] one\n");
  }

  @Test
  void anOldTextInWhichTheLineWasRewordedGetsItsMark() throws Exception {
    scene.save("[] add a login page for users\n[] two\n");
    scene.claim("add a login page for users", A);

    scene.save("[] add a good login page for users\n[] two\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text())
        .isEqualTo("[🟡, adw_aaaaaaaa] add a good login page for users\n[] two\n");
  }

  /// A file written anew: the result of one task must not be taken for that of another.
  @Test
  void aNewTaskThatWaitsGetsNoResultOfOneThatReadsAlike() throws Exception {
    scene.save("[] `echo a > a` #sh\n");
    scene.claim("`echo a > a` #sh", A);
    scene.done(A, "1234567");

    scene.save("[] clean the house\n[⏰] `echo never` #sh\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[] clean the house\n[⏰] `echo never` #sh\n");
  }

  @Test
  void anOldTextInWhichTheLineMovedAndGainedAWordGetsItsMark() throws Exception {
    scene.save("[] add a login page for all users\n[] two\n");
    scene.claim("add a login page for all users", A);

    scene.save("[] two\n[] add a login page for all our users\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text())
        .isEqualTo("[] two\n[🟡, adw_aaaaaaaa] add a login page for all our users\n");
  }

  @Test
  void aNamedLineIsFoundByItsName() throws Exception {
    scene.save("[] build the api {#api}\n[] two\n");
    scene.claim("build the api", A);

    scene.save("[] two\n[] quite another text {#api}\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[] two\n[🟡, adw_aaaaaaaa] quite another text {#api}\n");
  }

  @Test
  void ofEqualLinesTheRunningOneIsTheOneThatIsStillThere() throws Exception {
    scene.save("[] fix\n[] fix\n[] three\n");
    scene.claim("fix", A);

    scene.save("[] fix\n[] three\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[🟡, adw_aaaaaaaa] fix\n[] three\n");
  }

  @Test
  void ofEqualRunningLinesAMissingOneIsNoCancel() throws Exception {
    scene.save("[] fix\n[] fix\n");
    scene.claim("fix", A);
    scene.claim("fix", B);

    scene.save("[🟡, adw_bbbbbbbb] fix\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.read().notices()).hasSize(1);
  }

  @Test
  void aLineCopiedWithItsRunIsReportedAndTheFirstKeepsIt() throws Exception {
    scene.claim("one", A);

    scene.save("[🟡, adw_aaaaaaaa] one\n[] two\n[🟡, adw_aaaaaaaa] one\n");
    var reading = scene.read();

    assertThat(reading.commands()).isEmpty();
    assertThat(reading.notices())
        .containsExactly("line 3 has the run id of line 1, which keeps it: adw_aaaaaaaa");
  }

  @Test
  void aRunThatIsNotKnownHereIsLeftAloneAndShown() throws Exception {
    var text = "[] one\n[🟡, adw_12345678] two\n[] three\n[❓, adw_23456789] four\n";
    scene.save(text);

    var reading = scene.read();

    assertThat(scene.text()).isEqualTo(text);
    assertThat(reading.commands()).isEmpty();
    assertThat(reading.notices()).hasSize(1);
  }

  @Test
  void tooManyLinesLostAtOnceAreAnAccident() throws Exception {
    scene.save("[] a\n[] b\n[] c\n[] d\n[] e\n");
    for (var name : List.of("a", "b", "c", "d", "e")) {
      scene.claim(name, "adw_" + name.repeat(8));
    }

    scene.save("[🟡, adw_eeeeeeee] e\n");
    var reading = scene.read();

    assertThat(reading.commands()).isEmpty();
    assertThat(reading.notices()).singleElement().asString().startsWith("4 lines with run ids");
    assertThat(scene.text()).isEqualTo("[🟡, adw_eeeeeeee] e\n");
  }

  @Test
  void tooManyResetsAtOnceAreAnAccident() throws Exception {
    scene.save("[] a\n[] b\n[] c\n[] d\n[] e\n");
    for (var name : List.of("a", "b", "c", "d", "e")) {
      scene.claim(name, "adw_" + name.repeat(8));
    }
    for (var name : List.of("a", "b", "c", "d")) {
      scene.failed("adw_" + name.repeat(8), "no");
    }

    scene.save("[] a // no\n[] b // no\n[] c // no\n[] d // no\n[🟡, adw_eeeeeeee] e\n");
    var reading = scene.read();

    assertThat(reading.commands()).isEmpty();
    assertThat(reading.notices()).hasSize(1);
    assertThat(scene.text()).startsWith("[❌, adw_aaaaaaaa] a // no\n[❌, adw_bbbbbbbb] b // no\n");
  }

  @Test
  void aLineThatWeAddedComesBackIfTheSaveCannotHaveSeenIt() throws Exception {
    scene.edit(List.of(new Edit.Append(Optional.empty(), "added", "")));
    assertThat(scene.text()).isEqualTo("[] one\n[] two\n[] three\n[] added\n");

    scene.save("[] one\n[] two\n[] three\n[] four\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[] one\n[] two\n[] three\n[] added\n[] four\n");

    scene.save("[] one\n[] two\n[] three\n[] four\n");
    scene.read();
    assertThat(scene.text())
        .as("a moment later")
        .isEqualTo("[] one\n[] two\n[] three\n[] added\n[] four\n");

    scene.now = scene.now.plusSeconds(2);
    scene.save("[] one\n[] two\n[] three\n[] four\n");
    scene.read();
    assertThat(scene.text()).isEqualTo("[] one\n[] two\n[] three\n[] four\n");
  }

  @Test
  void aLineThatWeAddedIsThereOnceThoughItWasMovedAndReworded() throws Exception {
    var added = "write down what the release needs";
    scene.edit(List.of(new Edit.Append(Optional.empty(), added, "")));

    scene.save("[] " + added + " first\n[] one\n[] two\n[] three\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[] " + added + " first\n[] one\n[] two\n[] three\n");
  }

  @Test
  void aLineThatWeAddedAndAPersonDeletedStaysAway() throws Exception {
    scene.edit(List.of(new Edit.Append(Optional.empty(), "added", "")));
    scene.claim("one", A);

    scene.save("[🟡, adw_aaaaaaaa] one\n[] two\n[] three\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[🟡, adw_aaaaaaaa] one\n[] two\n[] three\n");
  }

  @Test
  void crossingOutInAnOldTextCancelsTheRunThatItsAuthorCouldNotSee() throws Exception {
    scene.claim("one", A);

    scene.save("[-] one\n[] two\n[] three\n");

    assertThat(scene.commands()).containsExactly("cancel " + A + " at one");
  }

  @Test
  void aTaskGivenBackIsNotTakenForRunningByAnOldText() throws Exception {
    scene.claim("one", A);
    scene.tasks.locked(session -> {
      var current = (FileReading.Current) session.read();
      var task = current.document().findById(A).orElseThrow();
      return session.write(List.of(new Edit.Restore(task, "", Optional.empty())));
    });

    scene.save("[🟡, adw_aaaaaaaa] one\n[] two, more\n[] three\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[] one\n[] two, more\n[] three\n");
  }

  @Test
  void aRetryWithinTheLineageIsPutBackOverTheOldRun() throws Exception {
    scene.claim("one", A);
    scene.end(A, new Mark.Running(C), Optional.empty());

    scene.save("[🟡, adw_aaaaaaaa] one\n[] two, more\n[] three\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[🟡, adw_cccccccc] one\n[] two, more\n[] three\n");
  }

  @Test
  void anArchivedLineInAnOldTextDoesNotRunAgain() throws Exception {
    scene.claim("one", A);
    scene.done(A, "1a2b3c4");
    scene.tasks.locked(session -> {
      var current = (FileReading.Current) session.read();
      return session.archive(List.of(current.document().findById(A).orElseThrow()));
    });
    assertThat(scene.text()).isEqualTo("[] two\n[] three\n");
    assertThat(folder.resolve("tasks.done.md")).hasContent("[✅ 1a2b3c4, adw_aaaaaaaa] one\n");

    scene.save("[] one\n[] two\n[] three\n");

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text())
        .isEqualTo(
            """
            [✅ 1a2b3c4, adw_aaaaaaaa] one // already done; to run it again write [retry]
            [] two
            [] three
            """);
  }

  @Test
  void anEarlierVersionBringsLinesBackAndStartsNothing() throws Exception {
    scene.claim("one", A);
    scene.done(A, "1a2b3c4");
    scene.claim("two", B);
    scene.save("[🟡, adw_bbbbbbbb] two\n");
    scene.commands();

    scene.tasks.locked(session -> {
      session.read();
      var oldest = session.versions().getLast();
      return session.restore(oldest);
    });

    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text())
        .isEqualTo(
            """
            [✅ 1a2b3c4, adw_aaaaaaaa] one // already done; to run it again write [retry]
            [🟡, adw_bbbbbbbb] two
            [] three
            """);
  }

  @Test
  void whatWasTypedBeforeOurFirstEditIsKnownAndAllCanBeForgotten() throws Exception {
    scene.save("[⏰] one\n");
    scene.claim("one", A);
    scene.done(A, "1a2b3c4");

    var typed =
        scene.tasks.locked(session -> {
          var current = (FileReading.Current) session.read();
          var found = session.findTyped(current.document().tasks().getFirst());
          session.forget();
          return found;
        });

    assertThat(typed).contains("⏰");
    scene.read();
    scene.save("[] one\n");
    assertThat(scene.commands()).isEmpty();
    assertThat(scene.text()).isEqualTo("[] one\n");
  }
}
