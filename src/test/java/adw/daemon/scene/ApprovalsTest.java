package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;

import adw.run.Outcome;
import adw.run.Request;
import adw.run.RequestFolder;
import adw.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A yes is one that somebody gave, a no is a no, and a gate runs nothing.
class ApprovalsTest {
  private static final String UNCLEAR =
      " // approve? (still asks: say yes, no: why, or edit: what instead)\n";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private DaemonSandbox sandbox;

  @BeforeEach
  void createSandbox() throws Exception {
    sandbox =
        DaemonSandbox.create(folder)
            .workflow("make", "cat > said.txt\n")
            .workflow("approve", "touch $ADW_REPO/started; echo x > x\n");
  }

  private Run last() throws Exception {
    return sandbox.runs().stream()
        .max(java.util.Comparator.comparing(run -> run.times().claimed()))
        .orElseThrow();
  }

  private void send(Request request) throws Exception {
    new RequestFolder(sandbox.state()).send(request, Instant.now(), new Random());
    sandbox.runUntilIdle();
  }

  private void say(String words) throws Exception {
    send(new Request.Continue(last().id(), words, "Ada"));
  }

  private void asking(String tasks) throws Exception {
    sandbox.tasks(tasks);
    sandbox.runUntilIdle();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait, do not ship this", "yes, but not today", "edit: ship another"})
  void aGateTakesNothingButYesAndNoAndNeverStartsAnything(String words) throws Exception {
    asking("[] Ship it? #approve\n[⏰] Ship #make\n");

    say(words);

    assertThat(sandbox.shown())
        .isEqualTo(
            """
            [❓, ID] Ship it? #approve // approve? (still asks: say yes, or no: why)
            [⏰] Ship #make
            """);
    assertThat(sandbox.root.resolve("started")).doesNotExist();

    say("yes");
    assertThat(sandbox.shown()).isEqualTo("[✅, ID] Ship it? #approve\n[✅ HASH, ID] Ship #make\n");
    assertThat(sandbox.root.resolve("started")).doesNotExist();
  }

  @Test
  void aNoEndsAGateWithItsReasonAndHoldsWhatStandsBelow() throws Exception {
    asking("[] Ship it? #approve\n[⏰] Ship #make\n");

    say("no: not before Monday");

    assertThat(sandbox.shown())
        .isEqualTo(
            "[⊘, ID] Ship it? #approve // rejected by Ada: not before Monday\n[⏰] Ship #make\n");
  }

  @Test
  void feedbackToAGateThatHasEndedStartsNothing() throws Exception {
    asking("[] Ship it? #approve\n");
    say("yes");

    say("one more thing");

    assertThat(sandbox.shown()).isEqualTo("[✅, ID] Ship it? #approve\n");
    assertThat(sandbox.root.resolve("started")).doesNotExist();
  }

  @Test
  void aTaskThatRunsSomethingAsksFirstAndTheYesStartsIt() throws Exception {
    asking("[] Ship #make #approve\n");
    assertThat(sandbox.shown()).isEqualTo("[❓, ID] Ship #make #approve // approve?\n");

    say("hm");
    assertThat(sandbox.shown()).isEqualTo("[❓, ID] Ship #make #approve" + UNCLEAR);

    say("yes");
    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Ship #make #approve\n");
    assertThat(sandbox.git("show", "task-" + last().id() + ":said.txt"))
        .startsWith("Ship #make #approve")
        .doesNotContain("yes", "approved");
  }

  @Test
  void aNoToATaskThatRunsSomethingEndsItWithoutABranch() throws Exception {
    asking("[] Ship #make #approve\n");

    send(new Request.Reject(last().id(), "not today", "Ada"));

    assertThat(sandbox.shown())
        .isEqualTo("[⊘, ID] Ship #make #approve // rejected by Ada: not today\n");
    assertThat(sandbox.git("branch", "--list", "task-*")).isEmpty();
  }

  @Test
  void anEditIsPartOfWhatTheTaskIsTold() throws Exception {
    asking("[] Ship #make #approve\n");

    say("edit: only the first half");

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Ship #make #approve\n");
    assertThat(sandbox.git("show", "task-" + last().id() + ":said.txt"))
        .contains("Message:\nonly the first half");
  }

  @Test
  void aTaskThatAsksFirstBuildsOnWhatItWaitedFor() throws Exception {
    asking("[] One #make\n[⏰] Two #make #approve\n");
    var base =
        sandbox.runs().stream().flatMap(run -> run.outcome().stream()).findFirst().orElseThrow();

    say("yes");

    assertThat(sandbox.shown())
        .isEqualTo("[✅ HASH, ID] One #make\n[✅ HASH, ID] Two #make #approve\n");
    assertThat(base).isInstanceOf(Outcome.Done.class);
    sandbox.git(
        "merge-base", "--is-ancestor", ((Outcome.Done) base).commit(), "task-" + last().id());
  }

  @Test
  void aTaskThatCannotRunIsHeldBeforeAnybodyIsAsked() throws Exception {
    asking("[] Ship #adw_nothing #approve\n");

    assertThat(sandbox.shown()).isEqualTo("[] Ship #adw_nothing #approve\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait, what is this", "no"})
  void anApprovalInTheTaskFileIsReadAsEverywhere(String words) throws Exception {
    asking("[] Ship #make #approve\n");
    var asked = Files.readString(sandbox.tasks);

    Files.writeString(sandbox.tasks, asked.replaceFirst("❓, adw_\\w+", "") + "  > " + words + "\n");
    sandbox.runUntilIdle();

    assertThat(sandbox.shown())
        .isEqualTo(
            (words.equals("no")
                    ? "[⊘, ID] Ship #make #approve // rejected by the task file\n"
                    : "[❓, ID] Ship #make #approve" + UNCLEAR)
                + "  > "
                + words
                + "\n");
  }

  @Test
  void aYesBelowALineThatWasNoneCounts() throws Exception {
    asking("[] Ship #make #approve\n");
    var asked = Files.readString(sandbox.tasks);
    Files.writeString(sandbox.tasks, asked.replaceFirst("❓, adw_\\w+", "") + "  > what is it?\n");
    sandbox.runUntilIdle();

    var still = Files.readString(sandbox.tasks);
    Files.writeString(sandbox.tasks, still.replaceFirst("❓, adw_\\w+", "") + "  > yes\n");
    sandbox.runUntilIdle();

    assertThat(sandbox.shown())
        .isEqualTo("[✅ HASH, ID] Ship #make #approve\n  > what is it?\n  > yes\n");
  }

  @Test
  void aYesToARunThatAsksSomethingElseIsNotTaken() throws Exception {
    sandbox.workflow("ask", "echo 'QUESTION: which one?'\n");
    asking("[] Choose #ask\n");

    send(new Request.Approve(last().id(), "", "Ada"));

    assertThat(sandbox.shown()).isEqualTo("[❓, ID] Choose #ask // which one?\n");
  }

  @Test
  void aWorkflowThatAsksForApprovalIsToldTheAnswerAndNoOtherWords() throws Exception {
    sandbox.workflow(
        "ask",
        """
        if grep -q '^approved$'; then echo x > x; exit 0; fi
        echo '{"outcome":"waiting","for":"approval","message":"ship?"}' > "$ADW_RESULT"; exit 75
        """);
    asking("[] Ship #ask\n");

    say("I am not sure");
    assertThat(sandbox.shown())
        .isEqualTo(
            "[❓, ID] Ship #ask // ship? (still asks: say yes, no: why, or edit: what instead)\n");
    say("ok");

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Ship #ask\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"#aprove", "#Approve", "#approved"})
  void aTagThatIsNearlyTheOneThatAsksHoldsTheTask(String tag) throws Exception {
    asking("[] Ship #make " + tag + "\n");

    assertThat(sandbox.shown()).isEqualTo("[] Ship #make " + tag + "\n");
    assertThat(sandbox.runs()).isEmpty();
  }
}
