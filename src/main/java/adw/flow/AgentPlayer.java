package adw.flow;

import adw.agent.Agent;
import adw.agent.Answer;
import adw.agent.Call;
import adw.agent.Closing;
import adw.agent.Kind;
import adw.agent.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Lets real agent programs play the calls of a flow.
///
/// @param crew which agent plays a preset; none asks for the default one
/// @param environment of the programs, complete; the phase's name is added
/// @param limit of a call whose phase sets none
public record AgentPlayer(Crew crew, Map<String, String> environment, Duration limit)
    implements Player {
  public AgentPlayer {
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
    return reply(agent.run(call(ask), watch::tooMuch));
  }

  private Call call(Ask ask) {
    var surroundings = new HashMap<>(environment);
    surroundings.put("ADW_PHASE", String.join("/", ask.path()));
    var call = Call.of(ask.prompt(), ask.directory(), surroundings);
    var wishes =
        call.wishes()
            .withModel(ask.model())
            .withThinking(ask.thinking())
            .withTools(ask.tools().orElse(java.util.List.of()));
    var role = ask.role();
    return call.with(
            role.prompt().isEmpty() ? wishes : wishes.withInstructions(role.name(), role.prompt()))
        .with(Limits.DEFAULT.withTime(ask.timeout().orElse(limit)).withSilence(ask.idleTimeout()));
  }

  private static Reply reply(Answer answer) {
    return switch (answer) {
      case Answer.Done(var said) ->
          switch (Closing.of(said.text())) {
            case Closing.Question(var question) -> new Reply.Asked(question, said.usage());
            case Closing.Plain _, Closing.NoChange _ ->
                new Reply.Said(said.text(), said.usage(), said.model());
          };
      case Answer.Failed(var said, var kind, var message, var retryAt) ->
          new Reply.Failed(message, said.usage(), again(kind), retryAt);
    };
  }

  private static Again again(Kind kind) {
    if (kind == Kind.OTHER) {
      return Again.AS_WORDED;
    }
    return kind.isPassing() ? Again.YES : Again.NO;
  }
}
