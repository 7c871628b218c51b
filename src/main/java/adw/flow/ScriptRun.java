package adw.flow;

import adw.os.Command;
import adw.os.ExitStatus;
import adw.os.Finished;
import adw.os.ProblemWords;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program of the repository as a phase: no agent, no shell, no tokens.
final class ScriptRun {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final Turn turn;
  private final Phase.Script script;

  ScriptRun(Turn turn, Phase.Script script) {
    this.turn = turn;
    this.script = script;
  }

  Optional<Result> perform() throws IOException, InterruptedException {
    var argv = script.argv().stream().map(turn::fill).toList();
    var hash = turn.digest(script.manner()).add(argv).text();
    var earlier = turn.reusable(hash);
    if (earlier.isPresent() || turn.mode == Turn.Mode.EARLIER) {
      return earlier;
    }
    try {
      return Optional.of(turn.keep(run(argv).withHash(hash)));
    } catch (InterruptedException _) {
      turn.play.aborted();
      return Optional.of(Result.failed(Calls.ABORTED, Calls.ABORTED));
    }
  }

  private Result run(List<String> argv) throws InterruptedException, IOException {
    var directory = turn.directory(script.manner());
    var program =
        argv.getFirst().contains("/")
            ? turn.world().site().directory().resolve(argv.getFirst()).normalize().toString()
            : argv.getFirst();
    var words = new java.util.ArrayList<>(argv);
    words.set(0, program);
    try {
      var limit = script.manner().timeout().orElse(LIMIT);
      var environment = environment();
      var enclosure = turn.world().site().enclosure();
      var enclosed = enclosure.wrap(words, directory, environment);
      try {
        return result(argv.getFirst(), new Command(enclosed, directory, environment, limit).run());
      } finally {
        enclosure.settle(directory, environment);
      }
    } catch (IOException e) {
      var why = argv.getFirst() + " cannot be started: " + ProblemWords.of(e);
      return Result.failed(why, why);
    }
  }

  private Map<String, String> environment() {
    var environment = new HashMap<>(turn.world().site().environment());
    environment.put("ADW_PHASE", String.join("/", turn.path));
    return environment;
  }

  private Result result(String program, Finished finished) {
    var output = Cleaning.output(finished.outText().stripTrailing());
    if (finished.succeeded()) {
      var problem =
          script
              .manner()
              .expect()
              .flatMap(expect ->
                  Lenient.find(output)
                      .map(expect::problem)
                      .orElse(Optional.of("there is no JSON in it")));
      return problem
          .map(why -> Result.failed(output, "the output does not fit 'expect': " + why))
          .orElseGet(() -> Result.done(output).withJson(turn.json(output)));
    }
    var error = Cleaning.output(finished.errText().strip());
    var why =
        switch (finished.status()) {
          case ExitStatus.Exited(var code) -> program + " exited with code " + code;
          case ExitStatus.TimedOut(var limit) ->
              program + " did not end within " + limit.toSeconds() + " s";
          case ExitStatus.Stopped() -> program + " was ended with its run";
        };
    var said = error.isEmpty() ? output : error;
    return Result.failed(
        said.isEmpty() ? why : said, said.isEmpty() ? why : why + ": " + Cleaning.line(said, 300));
  }
}
