package adw.flow.run;

import adw.agent.Agent;
import adw.agent.AgentCall;
import adw.agent.Answer;
import adw.agent.CallLimits;
import adw.agent.FailureKind;
import adw.agent.ReportFile;
import adw.flow.definition.ToolUse;
import adw.run.AgentReport;
import adw.run.Stage;
import adw.spend.Meter;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Lets real agent programs play the calls of a flow.
///
/// @param crew which agent plays a preset; none asks for the default one
/// @param environment of the programs, complete; the phase's name is added
/// @param limit of a call whose phase sets none
public record AgentCaller(Crew crew, Map<String, String> environment, Duration limit)
    implements PhaseCaller {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  public AgentCaller {
    environment = Map.copyOf(environment);
  }

  /// Finds the program of a role.
  public interface Crew {
    /// @throws FlowException when there is no such preset, or no agent at all
    Agent agent(Optional<String> preset);
  }

  @Override
  public Reply play(Ask ask, Watch watch) throws IOException, InterruptedException {
    var agent = crew.agent(ask.role().preset());
    var meter = patient(watch);
    var session = ask.continued().flatMap(Continued::session).filter(_ -> agent.canResume());
    var tools = ask.wishes().tools().orElse(List.of());
    if (ToolUse.isLimit(tools) && !agent.holdsTools()) {
      watch.warns(ToolUse.unheld(agent.name(), tools));
    }
    var report = ReportFile.in(environment);
    var first = agent.run(call(ask, session, report), meter);
    var isGone = first instanceof Answer.Failed failed && failed.kind() == FailureKind.SESSION;
    var answer = isGone ? agent.run(call(ask, Optional.empty(), report), meter) : first;
    if (answer.session().isPresent()) {
      watch.wasIn(answer.session().get(), agent.name());
    }
    return reply(answer, report.take(), watch);
  }

  /// Ends a call only when it goes on after its budget is spent: one whose answer is just coming in
  /// has cost what it cost.
  private static Meter patient(Watch watch) {
    var since = new AtomicLong();
    return soFar -> {
      var excess = watch.tooMuch(soFar);
      var now = System.nanoTime();
      if (excess.isPresent()) {
        since.compareAndSet(0, now);
      }
      return excess.filter(_ -> now - since.get() > PATIENCE.toNanos());
    };
  }

  private AgentCall call(Ask ask, Optional<String> session, ReportFile report) {
    var surroundings = new HashMap<>(environment);
    surroundings.put("ADW_PHASE", String.join("/", ask.place().path()));
    surroundings.put("ADW_RESULT", report.file().toString());
    var call = AgentCall.of(prompt(ask, session), ask.place().directory(), surroundings);
    var role = ask.role();
    var wishes =
        call.wishes()
            .withModel(ask.wishes().model())
            .withThinking(ask.wishes().thinking())
            .withTools(ask.wishes().tools().orElse(List.of()));
    var instructed =
        role.prompt().isEmpty() ? wishes : wishes.withInstructions(role.name(), role.prompt());
    return call.with(session.map(instructed::withSession).orElse(instructed))
        .with(
            CallLimits.DEFAULT
                .withTime(ask.limits().time().orElse(limit))
                .withSilence(ask.limits().silence()));
  }

  /// In its own session an agent needs only the answer to what it had asked, or the word to go on.
  private static String prompt(Ask ask, Optional<String> session) {
    return ask.continued()
        .filter(continued -> session.isPresent() || !continued.question().isEmpty())
        .map(continued ->
            session.isPresent()
                ? continued.answer()
                : ask.prompt()
                    + "\n\nYou have worked on this before and asked: "
                    + continued.question()
                    + "\nThe answer: "
                    + continued.answer())
        .orElse(ask.prompt());
  }

  /// @param reported in the agent's file; where that says nothing, its last line may
  private static Reply reply(Answer answer, AgentReport reported, Watch watch) {
    return switch (answer) {
      case Answer.Done(var said) ->
          switch (reported instanceof AgentReport.Plain ? AgentReport.of(said.text()) : reported) {
            case AgentReport.Question(var question) ->
                new Reply.Waits(
                    Stage.Wait.Why.QUESTION,
                    question,
                    Optional.empty(),
                    said.session(),
                    said.usage());
            case AgentReport.NoChange(var reason) when reported instanceof AgentReport.NoChange ->
                new Reply.Said(said.text() + "\nNO CHANGE: " + reason, said.usage(), said.model());
            case AgentReport.Plain _, AgentReport.NoChange _ ->
                new Reply.Said(said.text(), said.usage(), said.model());
          };
      case Answer.Failed failed ->
          waitsFor(failed, watch)
              .<Reply>map(what ->
                  new Reply.Waits(
                      what, failed.message(), failed.retryAt(), failed.session(), failed.usage()))
              .orElseGet(() ->
                  new Reply.Failed(
                      failed.message(), failed.usage(), again(failed.kind()), failed.retryAt()));
    };
  }

  /// What somebody must do, or what time must come, before another try is worth anything. A call
  /// that the flow's own budget ended is not of that kind: nobody is asked to raise that.
  private static Optional<Stage.Wait.Why> waitsFor(Answer.Failed failed, Watch watch) {
    if (failed.kind().needsPerson() && failed.kind() != FailureKind.BUDGET) {
      return Optional.of(Stage.Wait.Why.LOGIN);
    }
    if (failed.kind() == FailureKind.BUDGET && watch.tooMuch(failed.usage()).isEmpty()) {
      return Optional.of(Stage.Wait.Why.BUDGET);
    }
    return failed.kind() == FailureKind.RATE_LIMIT && failed.retryAt().isPresent()
        ? Optional.of(Stage.Wait.Why.RATE_LIMIT)
        : Optional.empty();
  }

  /// Of what may pass by itself, the words decide: a refused connection or an exhausted quota
  /// hardly passes within seconds.
  private static Again again(FailureKind kind) {
    return kind == FailureKind.OTHER || kind.isPassing() ? Again.AS_WORDED : Again.NO;
  }
}
