package adw.flow.run;

import adw.flow.definition.ExpectedJson;
import adw.flow.run.PhaseCaller.Ask;
import adw.flow.run.PhaseCaller.Reply;
import adw.os.MachineLack;
import adw.os.ProblemWords;
import adw.spend.Usage;
import adw.text.PlainText;
import java.io.IOException;
import java.util.Optional;

/// One attempt of a call: asks, counts what it spends against the budget, and judges the answer.
final class CallAttempt {
  private final PhaseTurn turn;
  private final Optional<ExpectedJson> expect;

  CallAttempt(PhaseTurn turn, Optional<ExpectedJson> expect) {
    this.turn = turn;
    this.expect = expect;
  }

  /// The attempts before this one.
  record Before(Usage usage, int attempts) {
    static final Before NONE = new Before(Usage.NONE, 0);

    static Before of(CallResult result) {
      return new Before(result.usage(), result.attempts());
    }
  }

  CallResult call(Ask ask, Before before) throws IOException {
    var number = before.attempts() + 1;
    Reply reply;
    try {
      reply = turn.world().crew().player().play(ask, watch());
    } catch (InterruptedException _) {
      return aborted(new Before(before.usage(), number));
    } catch (IOException e) {
      var why = PlainText.visibleLine(ProblemWords.of(e), 400);
      return new CallResult.Failed(why, before.usage(), number, MachineLack.isPassing(e));
    }
    turn.frame.spend.add(reply.usage());
    var usage = before.usage().plus(reply.usage());
    return switch (reply) {
      case Reply.Said said -> judge(said, usage, number);
      case Reply.Failed failed ->
          new CallResult.Failed(
              FailureText.text(failed), usage, number, FailureText.isTransient(failed));
      case Reply.Waits waits -> {
        turn.session().recorder().waits(turn.path, ask.place().slot(), waits, usage);
        turn.waiting(waits.what(), waits.message(), waits.until());
        yield new CallResult.Open(usage, number);
      }
    };
  }

  /// Ended by the stop of the run.
  CallResult aborted(Before before) {
    turn.frame.aborted();
    return new CallResult.Aborted(before.usage(), before.attempts());
  }

  private CallResult judge(Reply.Said said, Usage usage, int number) {
    var output = PlainText.output(said.text());
    return expect
        .flatMap(schema -> schema.problemIn(output))
        .<CallResult>map(problem -> new CallResult.Unfit(problem, usage, number))
        .orElseGet(() -> new CallResult.Good(output, usage, number, said.model()));
  }

  private PhaseCaller.Watch watch() {
    var spend = turn.frame.spend.mark();
    return new PhaseCaller.Watch() {
      @Override
      public Optional<String> tooMuch(Usage soFar) {
        return spend.over(soFar).map(reason -> "budget exceeded: " + reason);
      }

      @Override
      public void says(String line) {
        turn.session()
            .tell(new FlowListener.Event.Said(turn.path, PlainText.visibleLine(line, 200)));
      }

      @Override
      public void warns(String text) {
        turn.warnOnce(text);
      }

      @Override
      public void wasIn(String session, String agent) throws IOException {
        turn.session().recorder().session(turn.path, session, agent);
      }
    };
  }
}
