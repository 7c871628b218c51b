package adw.flow.run;

import adw.flow.definition.Flow;
import adw.flow.definition.FlowException;
import adw.flow.definition.PhaseResult;
import adw.json.Json;
import adw.os.LineLog;
import adw.os.LockFile;
import adw.os.process.OrphanProcesses;
import adw.spend.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/// The record of one run on disk while a process works on it: `run.json` (`FlowRunFile`) at start
/// and end, one line in `phases.jsonl` (`PhaseLines`) for each phase that ended and each call of a
/// phase that makes several. A line that cost money is on the disk before anything else happens.
/// One process at a time holds its lock.
final class FlowRecord implements FlowRecorder, AutoCloseable {
  private static final OrphanProcesses.Patience PATIENCE =
      new OrphanProcesses.Patience(Duration.ZERO, Duration.ofSeconds(10));

  private final FlowWorld world;
  private final LockFile.Held held;
  private final LineLog.Held lines;
  private final FlowRunFile run;

  private FlowRecord(FlowWorld world, LockFile.Held held, FlowRunFile run) throws IOException {
    this.world = world;
    this.held = held;
    this.lines = run.place().phases().open();
    this.run = run;
    run.write();
  }

  static FlowRecord create(FlowRecordPlace place, Flow flow, Json.Obj args, FlowWorld world)
      throws IOException {
    Files.createDirectories(place.folder());
    var held = place.hold();
    if (Files.exists(place.run())) {
      held.close();
      throw new FlowException("run " + place.runId() + " is there already (resume it)");
    }
    return new FlowRecord(world, held, FlowRunFile.of(place, flow, args, world));
  }

  static FlowRecord open(FlowRecordPlace place, FlowWorld world) throws IOException {
    if (!Files.isRegularFile(place.run())) {
      throw new FlowException("there is no run '" + place.runId() + "'");
    }
    var held = place.hold();
    var run = FlowRunFile.read(place).runningAt(world.time().clock().millis());
    return new FlowRecord(world, held, run);
  }

  /// Ends what a process that was killed has left at work: whatever it does is done anew.
  void endLeftovers() throws InterruptedException {
    OrphanProcesses.ofMark(FlowRecordPlace.MARK, run.place().markText()).sweep(PATIENCE);
  }

  @Override
  public void phase(List<String> path, PhaseResult result, Usage spent) throws IOException {
    append(PhaseLines.phase(path, result, spent), spent);
  }

  @Override
  public void call(List<String> path, String key, PhaseResult result) throws IOException {
    append(PhaseLines.call(path, key, result), result.usage());
  }

  @Override
  public void waits(List<String> path, String slot, PhaseCaller.Reply.Waits reply, Usage spent)
      throws IOException {
    append(PhaseLines.waits(path, slot, reply, spent), spent);
  }

  @Override
  public void session(List<String> path, String session, String agent) throws IOException {
    append(PhaseLines.session(path, session, agent), Usage.NONE);
  }

  private void append(Json.Obj line, Usage spent) throws IOException {
    if (spent.calls() > 0) {
      lines.append(line.write());
    } else {
      lines.appendUnsynced(line.write());
    }
  }

  void end(FlowOutcome ended) throws IOException {
    run.endedAt(world.time().clock().millis(), ended).write();
  }

  @Override
  public void close() throws IOException {
    try (held) {
      lines.close();
    }
  }
}
