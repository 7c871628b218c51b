package adw.flow.run;

import adw.flow.definition.PhaseResult;
import adw.flow.definition.PhaseResult.Detail;
import adw.flow.definition.Template;
import adw.flow.run.Approver.Answer;
import adw.run.ApprovalAnswer;
import adw.run.Stage;
import java.io.IOException;
import java.util.Optional;

/// An approval: the flow waits for a person.
final class ApprovalRun {
  private static final String NOBODY = "(auto-rejected: no interactive approver available)";

  private final PhaseTurn turn;

  ApprovalRun(PhaseTurn turn) {
    this.turn = turn;
  }

  Optional<PhaseResult> perform(Template template) throws IOException, InterruptedException {
    var message = turn.fill(template);
    var hash = new CacheKey().add(turn.common.id()).add("approval").add(message).text();
    var earlier = turn.session().prior().phase(turn.path, hash);
    if (earlier.isPresent() && turn.mode != PhaseTurn.Mode.FRESH) {
      return earlier;
    }
    if (turn.mode == PhaseTurn.Mode.EARLIER) {
      return Optional.empty();
    }
    try {
      var question = new Approver.Question(turn.path, message, turn.scope.previous());
      return result(turn.world().crew().approver().ask(question), message)
          .map(result -> result.withHash(hash));
    } catch (InterruptedException _) {
      turn.frame.aborted();
      return Optional.empty();
    }
  }

  private Optional<PhaseResult> result(Answer answer, String message) {
    return switch (answer) {
      case Answer.Given(var decision, var by) -> Optional.of(decided(decision, by));
      case Answer.Nobody() ->
          Optional.of(
              PhaseResult.done(NOBODY)
                  .with(
                      new Detail.Decided(
                          "reject",
                          Optional.empty(),
                          true,
                          Optional.empty(),
                          Optional.of(NOBODY))));
      case Answer.Later() -> {
        turn.waiting(Stage.Wait.Why.APPROVAL, message, Optional.empty());
        yield Optional.empty();
      }
    };
  }

  private static PhaseResult decided(ApprovalAnswer.Decision decision, Optional<String> by) {
    return switch (decision) {
      case ApprovalAnswer.Yes(var note) -> decided("approve", note, by, Optional.empty());
      case ApprovalAnswer.Edit(var text) ->
          decided("edit", Optional.of(text), by, Optional.empty());
      case ApprovalAnswer.No(var why) ->
          decided("reject", why, by, Optional.of(why.orElse("Rejected by user")));
    };
  }

  private static PhaseResult decided(
      String decision, Optional<String> note, Optional<String> by, Optional<String> block) {
    var text = note.map(String::strip);
    var output = text.filter(words -> !words.isEmpty()).orElse("(" + decision + ")");
    return PhaseResult.done(output).with(new Detail.Decided(decision, text, false, by, block));
  }
}
