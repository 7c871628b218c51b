package adw.flow.run;

import adw.flow.definition.Phase;
import adw.flow.definition.PhaseResult;
import adw.os.MachineLack;
import adw.os.ProblemWords;
import adw.os.process.Command;
import adw.os.process.CommandResult;
import adw.os.process.ExitStatus;
import adw.text.PlainText;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program of the repository as a phase: no agent, no shell, no tokens.
final class ScriptRun {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private static final List<Duration> LACK_PAUSES =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));

  private final PhaseTurn turn;
  private final Phase.Script script;

  ScriptRun(PhaseTurn turn, Phase.Script script) {
    this.turn = turn;
    this.script = script;
  }

  Optional<PhaseResult> perform() throws IOException, InterruptedException {
    var argv = script.argv().stream().map(turn::fill).toList();
    var hash = turn.digest(script.manner()).add(argv).text();
    var earlier = turn.reusable(hash);
    if (earlier.isPresent() || turn.mode == PhaseTurn.Mode.EARLIER) {
      return earlier;
    }
    try {
      return Optional.of(turn.keep(run(argv).withHash(hash)));
    } catch (InterruptedException _) {
      turn.frame.aborted();
      return Optional.of(PhaseResult.failed(CallResult.ABORTED, CallResult.ABORTED));
    }
  }

  /// What the machine lacks for some seconds is waited out.
  private PhaseResult run(List<String> argv) throws InterruptedException {
    var pauses = LACK_PAUSES.iterator();
    while (true) {
      try {
        return start(argv);
      } catch (IOException e) {
        if (!MachineLack.isPassing(e) || !pauses.hasNext()) {
          var why = argv.getFirst() + " cannot be started: " + ProblemWords.of(e);
          return PhaseResult.failed(why, why);
        }
        turn.world().time().pause().pause(pauses.next());
      }
    }
  }

  private PhaseResult start(List<String> argv) throws InterruptedException, IOException {
    var directory = turn.directory(script.manner());
    var program =
        argv.getFirst().contains("/")
            ? turn.world().site().directory().resolve(argv.getFirst()).normalize().toString()
            : argv.getFirst();
    var words = new java.util.ArrayList<>(argv);
    words.set(0, program);
    var limit = script.manner().limits().timeout().orElse(LIMIT);
    var environment = environment();
    var enclosure = turn.world().site().enclosure();
    var enclosed = enclosure.wrap(words, directory, environment);
    try {
      return result(argv.getFirst(), new Command(enclosed, directory, environment, limit).run());
    } finally {
      enclosure.settle(directory, environment);
    }
  }

  private Map<String, String> environment() {
    var environment = new HashMap<>(turn.world().site().environment());
    environment.put("ADW_PHASE", String.join("/", turn.path));
    return environment;
  }

  private PhaseResult result(String program, CommandResult finished) {
    var output = PlainText.output(finished.outText().stripTrailing());
    if (finished.succeeded()) {
      return script
          .manner()
          .expect()
          .flatMap(expect -> expect.problemIn(output))
          .map(why -> PhaseResult.failed(output, "the output does not fit 'expect': " + why))
          .orElseGet(() -> PhaseResult.done(output).withJson(turn.json(output)));
    }
    var error = PlainText.output(finished.errText().strip());
    var why =
        switch (finished.status()) {
          case ExitStatus.Exited(var code) -> program + " exited with code " + code;
          case ExitStatus.TimedOut(var limit) ->
              program + " did not end within " + limit.toSeconds() + " s";
          case ExitStatus.Stopped() -> program + " was ended with its run";
        };
    var said = error.isEmpty() ? output : error;
    return PhaseResult.failed(
        said.isEmpty() ? why : said,
        said.isEmpty() ? why : why + ": " + PlainText.visibleLine(said, 300));
  }
}
