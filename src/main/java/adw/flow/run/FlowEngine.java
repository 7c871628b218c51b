package adw.flow.run;

import adw.flow.definition.CheckedFlow;
import adw.flow.definition.Flow;
import adw.flow.definition.FlowArguments;
import adw.flow.definition.FlowChecker;
import adw.flow.definition.FlowException;
import adw.flow.definition.FlowFinding;
import adw.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs flows that were found sound, and takes up runs that were interrupted.
public final class FlowEngine {
  private final FlowWorld world;

  public FlowEngine(FlowWorld world) {
    this.world = world;
  }

  /// A flow with its arguments, or why it must not run.
  public sealed interface Prepared {
    record Ready(Flow flow, Json.Obj args, List<String> warnings) implements Prepared {}

    record Refused(List<FlowFinding> findings) implements Prepared {}
  }

  /// Checks the flow and its arguments; nothing has been spent when it refuses.
  public Prepared prepare(CheckedFlow read, Json.Obj given) throws IOException {
    var scope = read.flow().map(flow -> flow.rules().agentScope()).orElse("user");
    var roles = world.crew().roles().in(scope).names();
    var findings = new ArrayList<>(new FlowChecker(world.shelf().flows(), roles).check(read));
    if (read.flow().isEmpty() || FlowFinding.anyStops(findings)) {
      return new Prepared.Refused(findings);
    }
    var flow = read.flow().get();
    var arguments = FlowArguments.of(flow, given);
    findings.addAll(arguments.findings());
    var missing = new ArrayList<>(FlowArguments.missing(flow, arguments.values()));
    codebase(flow, arguments.values()).ifPresent(missing::add);
    findings.addAll(missing);
    return FlowFinding.anyStops(findings)
        ? new Prepared.Refused(findings)
        : new Prepared.Ready(
            flow, arguments.values(), missing.stream().map(FlowFinding::what).toList());
  }

  private Optional<FlowFinding> codebase(Flow flow, Json.Obj args) {
    var here = world.site().directory().toAbsolutePath().normalize();
    return args.findText("codebase")
        .filter(codebase -> !here.startsWith(here.resolve(codebase).normalize()))
        .map(codebase ->
            FlowFinding.of(
                flow.rules().strictInterpolation()
                    ? FlowFinding.Rule.STRICT
                    : FlowFinding.Rule.CODEBASE,
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
  public FlowOutcome run(Prepared.Ready ready, FlowStop stop) throws IOException {
    return play(ready, FlowContext.of(world, FlowRecorder.none(), EarlierResults.NONE, stop));
  }

  /// Runs and keeps a record, from which `resume` can go on.
  public FlowOutcome run(Prepared.Ready ready, FlowRecordPlace place, FlowStop stop)
      throws IOException {
    try (var record = FlowRecord.create(place, ready.flow(), ready.args(), world)) {
      return finish(record, play(ready, FlowContext.of(world, record, EarlierResults.NONE, stop)));
    }
  }

  /// Makes the record of a run that another process is to begin, by resuming it.
  public void enlist(Prepared.Ready ready, FlowRecordPlace place) throws IOException {
    FlowRecord.create(place, ready.flow(), ready.args(), world).close();
  }

  /// Goes on where a run was left: what is done stays done, what is not is done now.
  ///
  /// @throws FlowException when there is no such run, or another process works on it
  public FlowOutcome resume(FlowRecordPlace place, FlowStop stop)
      throws IOException, InterruptedException {
    try (var record = FlowRecord.open(place, world)) {
      record.endLeftovers();
      var read = FlowRunFile.read(place).flow();
      var prepared = prepare(read, FlowRunFile.read(place).args());
      return switch (prepared) {
        case Prepared.Refused(var findings) ->
            throw new FlowException(
                "run "
                    + place.runId()
                    + " cannot go on: "
                    + findings.stream()
                        .filter(FlowFinding::stops)
                        .findFirst()
                        .map(FlowFinding::text)
                        .orElse("the flow is invalid"));
        case Prepared.Ready ready ->
            finish(
                record, play(ready, FlowContext.of(world, record, PhaseLines.read(place), stop)));
      };
    }
  }

  /// Runs a recorded run once more without any agent: each answer is the one in the record.
  public FlowOutcome replay(FlowRecordPlace place) throws IOException {
    var read = FlowRunFile.read(place).flow();
    var offline = world.offline();
    var prior = PhaseLines.read(place).asReplay();
    return switch (new FlowEngine(offline).prepare(read, FlowRunFile.read(place).args())) {
      case Prepared.Refused(var findings) ->
          throw new FlowException(
              "run " + place.runId() + " cannot be replayed: " + findings.getFirst().text());
      case Prepared.Ready ready ->
          play(ready, FlowContext.of(offline, FlowRecorder.none(), prior, new FlowStop()));
    };
  }

  private static FlowOutcome finish(FlowRecord record, FlowOutcome ended) throws IOException {
    record.end(ended);
    return ended;
  }

  private static FlowOutcome play(Prepared.Ready ready, FlowContext session) throws IOException {
    var spend =
        new FlowBudget(ready.flow().rules().budget(), Optional.empty(), session.prior().spent());
    var frame = new FlowFrame(session, ready.flow(), FlowPlace.TOP, spend);
    return new FlowRun(frame, ready.args()).run().withWarnings(ready.warnings());
  }
}
