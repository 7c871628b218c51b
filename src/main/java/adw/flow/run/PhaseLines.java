package adw.flow.run;

import adw.flow.definition.PhaseResult;
import adw.json.Json;
import adw.json.JsonException;
import adw.spend.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The lines of `phases.jsonl`, one for each phase that ended, each call of a phase that makes
/// several, each call that waits and each session of an agent.
public final class PhaseLines {
  private final Map<List<String>, PhaseResult> phases = new HashMap<>();
  private final Map<List<String>, PhaseResult> calls = new HashMap<>();
  private final Map<List<String>, EarlierResults.Question> questions = new HashMap<>();
  private Usage spent = Usage.NONE;

  private PhaseLines() {}

  /// A session of an agent.
  public record InSession(String id, String agent) {}

  /// @param spent money that no earlier line tells of
  static Json.Obj phase(List<String> path, PhaseResult result, Usage spent) {
    var line = line("phase", path).with("result", ResultJson.write(result));
    return spent.calls() > 0 ? line.with("spent", ResultJson.usage(spent)) : line;
  }

  static Json.Obj call(List<String> path, String key, PhaseResult result) {
    return line("call", path).with("key", key).with("result", ResultJson.write(result));
  }

  static Json.Obj waits(
      List<String> path, String slot, PhaseCaller.Reply.Waits reply, Usage spent) {
    return line("waits", path)
        .with("slot", slot)
        .with("for", reply.what().word())
        .with("message", reply.message())
        .with("session", reply.session())
        .with("spent", ResultJson.usage(spent));
  }

  static Json.Obj session(List<String> path, String session, String agent) {
    return line("in", path).with("session", session).with("agent", agent);
  }

  private static Json.Obj line(String kind, List<String> path) {
    return Json.Obj.empty().with(kind, Json.Arr.ofTexts(path));
  }

  /// What the lines tell an engine that takes the run up.
  static EarlierResults read(FlowRecordPlace place) throws IOException {
    var lines = new PhaseLines();
    place.phases().forEach(lines::read);
    return new EarlierResults(lines.phases, lines.calls, lines.questions, lines.spent, false);
  }

  /// The session of the call that ended last; absent where no program told one.
  public static Optional<InSession> findSession(FlowRecordPlace place) throws IOException {
    var sessions = new ArrayList<InSession>();
    place
        .phases()
        .forEach(line -> {
          if (line.startsWith("{\"in\":")) {
            session(line).ifPresent(sessions::add);
          }
        });
    return sessions.isEmpty() ? Optional.empty() : Optional.of(sessions.getLast());
  }

  private static Optional<InSession> session(String line) {
    try {
      var json = Json.parseObject(line);
      return Optional.of(new InSession(json.text("session"), json.text("agent")));
    } catch (JsonException cutOff) {
      return Optional.empty();
    }
  }

  /// Half a line of a process that was killed says nothing: that work counts as not done.
  private void read(String line) {
    try {
      spent = spent.plus(take(Json.parseObject(line)));
    } catch (JsonException | IllegalArgumentException cutOff) {
      return;
    }
  }

  /// What the line says was spent.
  private Usage take(Json.Obj json) {
    var result = json.findObject("result").map(ResultJson::read);
    if (json.find("waits").isPresent()) {
      takeQuestion(json);
    } else if (result.isPresent() && json.findText("key").isPresent()) {
      takeCall(json, result.get());
      return result.get().usage();
    } else if (result.isPresent()) {
      phases.put(json.texts("phase"), result.get());
      questions.remove(EarlierResults.callKey(json.texts("phase"), ""));
    }
    return json.findObject("spent").map(ResultJson::usage).orElse(Usage.NONE);
  }

  private void takeQuestion(Json.Obj json) {
    var key = EarlierResults.callKey(json.texts("waits"), json.text("slot"));
    var session = json.findText("session");
    if (json.text("for").equals("question")) {
      questions.put(key, new EarlierResults.Question(json.text("message"), session));
    } else if (session.isPresent()) {
      questions.put(key, new EarlierResults.Question("", session));
    }
  }

  private void takeCall(Json.Obj json, PhaseResult result) {
    var path = json.texts("call");
    var key = json.text("key");
    if (result.isDone()) {
      calls.put(EarlierResults.callKey(path, key), result);
    }
    questions.remove(EarlierResults.callKey(path, key.substring(0, Math.max(0, key.indexOf(' ')))));
  }
}
