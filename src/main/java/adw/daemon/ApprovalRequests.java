package adw.daemon;

import adw.daemon.context.DaemonContext;
import adw.run.ApprovalAnswer;
import adw.run.GivenApproval;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import adw.task.Edit;
import adw.task.TaskDocument;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Carries out what people say to runs that ask for approval: yes, no or an edit. Anything else
/// asks again.
final class ApprovalRequests {
  private static final String IN_TIME = "nobody approved it in time";

  private final DaemonContext context;
  private final WaitingRuns waits;
  private final EndedRuns ends;
  private final AnsweredRuns answered;

  ApprovalRequests(
      DaemonContext context, WaitingRuns waits, EndedRuns ends, AnsweredRuns answered) {
    this.context = context;
    this.waits = waits;
    this.ends = ends;
    this.answered = answered;
  }

  /// Whether the next words to the run are an answer to its approval. One that was given can be
  /// taken back until the run has a slot.
  boolean isAsking(Run run) throws IOException {
    if (run.stage() instanceof Stage.Waiting(var round, var wait)
        && wait.why() == Stage.Wait.Why.ANSWERED) {
      return GivenApproval.find(context.state(), run.id())
          .filter(given -> given.round() == round)
          .isPresent();
    }
    return run.stage().asksForApproval();
  }

  /// What the file must show of it.
  List<Edit> answer(Run run, ApprovalAnswer answer, String by, TaskDocument document)
      throws IOException {
    if (!isAsking(run)) {
      context
          .listener()
          .noticed(run.id() + " does not ask for approval (adw show " + run.id() + ")");
      return List.of();
    }
    return switch (answer) {
      case ApprovalAnswer.Edit _ when isGate(run) -> askAgain(run, document);
      case ApprovalAnswer.Decision decision -> decide(run, decision, by);
      case ApprovalAnswer.Unclear() -> askAgain(run, document);
    };
  }

  /// Nobody has said anything in time, which is a no.
  void expire(Run run) throws IOException {
    if (hasBegun(run)) {
      goOn(run, new ApprovalAnswer.No(Optional.of(IN_TIME)), "approval_timeout");
    } else {
      end(run, new Outcome.Cancelled(IN_TIME));
    }
  }

  private List<Edit> decide(Run run, ApprovalAnswer.Decision decision, String by)
      throws IOException {
    context.happened(run, word(decision), "by", by);
    if (hasBegun(run)) {
      goOn(run, decision, by);
    } else if (decision instanceof ApprovalAnswer.No(var why)) {
      end(run, new Outcome.Cancelled("rejected by " + by + behind(why)));
    } else if (isGate(run)) {
      end(run, new Outcome.Answered("approved by " + by + behind(said(decision))));
    } else {
      new GivenApproval(decision, by, 0).write(context.state(), run.id());
      answered.goOn(run, said(decision), by);
    }
    return List.of();
  }

  private void goOn(Run run, ApprovalAnswer.Decision decision, String by) throws IOException {
    var given = new GivenApproval(decision, by, answered.round(run));
    given.write(context.state(), run.id());
    answered.goOn(run, Optional.of(given.words()), by);
  }

  private void end(Run run, Outcome outcome) throws IOException {
    var asking = waits.take(run.id()).orElse(run);
    ends.add(context.runs().write(asking.at(new Stage.Reporting(outcome))));
  }

  /// The line says what would be an answer.
  private List<Edit> askAgain(Run run, TaskDocument document) throws IOException {
    var asking = unanswered(run);
    var wait = WaitingRuns.waitOf(asking);
    var choices = isGate(run) ? "yes, or no: why" : ApprovalAnswer.CHOICES;
    var message = wait.message() + " (still asks: say " + choices + ")";
    context.listener().noticed(run.id() + ": " + message);
    var marks = OutcomeMark.of(asking, new Stage.Wait(wait.why(), wait.until(), message), context);
    return document.findById(run.id()).map(marks::on).stream().toList();
  }

  /// Who says "wait" to what is approved and has not started wants to be asked again.
  private Run unanswered(Run run) throws IOException {
    if (run.stage().asksForApproval()) {
      return run;
    }
    GivenApproval.forget(context.state(), run.id());
    var wait = new Stage.Wait(Stage.Wait.Why.APPROVAL, Optional.empty(), Claims.QUESTION);
    var asking = waits.take(run.id()).orElse(run);
    var again = context.runs().write(asking.at(new Stage.Waiting(answered.round(run), wait)));
    waits.add(again);
    return again;
  }

  /// A line tagged `#approve` that names nothing to run.
  static boolean isGate(Run run) {
    return run.order().workflow().name().equals(Claims.GATE);
  }

  private static boolean hasBegun(Run run) {
    return run.place().isPresent();
  }

  private static Optional<String> said(ApprovalAnswer.Decision decision) {
    return switch (decision) {
      case ApprovalAnswer.Yes(var note) -> note;
      case ApprovalAnswer.No(var why) -> why;
      case ApprovalAnswer.Edit(var text) -> Optional.of(text);
    };
  }

  private static String behind(Optional<String> text) {
    return text.map(words -> ": " + words).orElse("");
  }

  private static String word(ApprovalAnswer.Decision decision) {
    return switch (decision) {
      case ApprovalAnswer.Yes _ -> "approved";
      case ApprovalAnswer.No _ -> "rejected";
      case ApprovalAnswer.Edit _ -> "edited";
    };
  }
}
