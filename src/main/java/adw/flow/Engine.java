package adw.flow;

import adw.run.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Runs flows that were found sound, and takes up runs that were interrupted.
public final class Engine {
  private final World world;

  public Engine(World world) {
    this.world = world;
  }

  /// A flow with its arguments, or why it must not run.
  public sealed interface Prepared {
    record Ready(Flow flow, Json.Obj args, List<String> warnings) implements Prepared {}

    record Refused(List<Finding> findings) implements Prepared {}
  }

  /// Checks the flow and its arguments; nothing has been spent when it refuses.
  public Prepared prepare(Checked read, Json.Obj given) throws IOException {
    var scope = read.flow().map(Flow::agentScope).orElse("user");
    var roles = world.crew().roles().in(scope).names();
    var findings = new ArrayList<>(new Checker(world.shelf().flows(), roles).check(read));
    if (read.flow().isEmpty() || Finding.anyStops(findings)) {
      return new Prepared.Refused(findings);
    }
    var flow = read.flow().get();
    var arguments = Arguments.of(flow, given);
    findings.addAll(arguments.findings());
    var missing = new ArrayList<>(Arguments.missing(flow, arguments.values()));
    codebase(flow, arguments.values()).ifPresent(missing::add);
    findings.addAll(missing);
    return Finding.anyStops(findings)
        ? new Prepared.Refused(findings)
        : new Prepared.Ready(
            flow, arguments.values(), missing.stream().map(Finding::what).toList());
  }

  private Optional<Finding> codebase(Flow flow, Json.Obj args) {
    var here = world.site().directory().toAbsolutePath().normalize();
    return args.findText("codebase")
        .filter(codebase -> !here.startsWith(here.resolve(codebase).normalize()))
        .map(codebase ->
            Finding.of(
                flow.strictInterpolation() ? Finding.Rule.STRICT : Finding.Rule.CODEBASE,
                0,
                "Invocation cwd '"
                    + here
                    + "' does not match args.codebase '"
                    + codebase
                    + "'. Some agents may inspect the wrong repo if they rely on cwd. "
                    + "Prefer running from the codebase root or set phase.cwd explicitly.",
                ""));
  }

  /// Runs without a record.
  public Ended run(Prepared.Ready ready, Stop stop) throws IOException {
    return play(ready, Session.of(world, Recorder.none(), Prior.NONE, stop));
  }

  /// Runs and keeps a record, from which `resume` can go on.
  public Ended run(Prepared.Ready ready, FlowRecord.Place place, Stop stop) throws IOException {
    try (var record = FlowRecord.create(place, ready, world)) {
      return finish(record, play(ready, Session.of(world, record, Prior.NONE, stop)));
    }
  }

  /// Makes the record of a run that another process is to begin, by resuming it.
  public void enlist(Prepared.Ready ready, FlowRecord.Place place) throws IOException {
    FlowRecord.create(place, ready, world).close();
  }

  /// Goes on where a run was left: what is done stays done, what is not is done now.
  ///
  /// @throws FlowException when there is no such run, or another process works on it
  public Ended resume(FlowRecord.Place place, Stop stop) throws IOException, InterruptedException {
    try (var record = FlowRecord.open(place, world)) {
      record.endLeftovers();
      var read = FlowRecord.readFlow(place);
      var prepared = prepare(read, FlowRecord.args(place));
      return switch (prepared) {
        case Prepared.Refused(var findings) ->
            throw new FlowException(
                "run "
                    + place.runId()
                    + " cannot go on: "
                    + findings.stream()
                        .filter(Finding::stops)
                        .findFirst()
                        .map(Finding::text)
                        .orElse("the flow is invalid"));
        case Prepared.Ready ready ->
            finish(record, play(ready, Session.of(world, record, record.prior(), stop)));
      };
    }
  }

  /// Runs a recorded run once more without any agent: each answer is the one in the record.
  public Ended replay(FlowRecord.Place place) throws IOException {
    var read = FlowRecord.readFlow(place);
    var offline = world.offline();
    var prior = FlowRecord.prior(place).asReplay();
    return switch (new Engine(offline).prepare(read, FlowRecord.args(place))) {
      case Prepared.Refused(var findings) ->
          throw new FlowException(
              "run " + place.runId() + " cannot be replayed: " + findings.getFirst().text());
      case Prepared.Ready ready ->
          play(ready, Session.of(offline, Recorder.none(), prior, new Stop()));
    };
  }

  private static Ended finish(FlowRecord record, Ended ended) throws IOException {
    record.end(ended);
    return ended;
  }

  private static Ended play(Prepared.Ready ready, Session session) throws IOException {
    var spend = new Spend(ready.flow().budget(), Optional.empty(), session.prior().spent());
    var ended = new Play(session, ready.flow(), ready.args(), Play.Place.TOP, spend).run();
    return new Ended(
        ended.status(),
        ended.output(),
        new LinkedHashMap<>(ended.phases()),
        ended.usage(),
        ended.spent(),
        ended.waiting(),
        ready.warnings(),
        ended.why());
  }
}
