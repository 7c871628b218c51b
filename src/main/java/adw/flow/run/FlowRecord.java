package adw.flow.run;

import adw.flow.definition.CheckedFlow;
import adw.flow.definition.FlowException;
import adw.flow.definition.FlowReader;
import adw.flow.definition.JsonNode;
import adw.flow.definition.PhaseResult;
import adw.flow.definition.PromptFiles;
import adw.json.Json;
import adw.json.JsonException;
import adw.os.DurableFiles;
import adw.os.LockFile;
import adw.os.TextFile;
import adw.os.process.OrphanProcesses;
import adw.spend.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The record of one run on disk: `run.json` at start and end, one line in `phases.jsonl` for each
/// phase that ended and each call of a phase that makes several. A line that cost money is on the
/// disk before anything else happens. One process at a time holds its lock.
public final class FlowRecord implements FlowRecorder, AutoCloseable {
  /// Where a run is kept.
  public record Place(Path folder, String runId) {
    Path run() {
      return folder.resolve("run.json");
    }

    Path phases() {
      return folder.resolve("phases.jsonl");
    }

    Path lock() {
      return folder.resolve("lock");
    }
  }

  /// In the environment of all that is started for a run: where it is kept.
  public static final String MARK = "ADW_FLOW_RECORD";

  private static final String DEFINITION = "def";
  private static final OrphanProcesses.Patience PATIENCE =
      new OrphanProcesses.Patience(Duration.ZERO, Duration.ofSeconds(10));

  private final Place place;
  private final FlowWorld world;
  private final LockFile.Held held;

  /// One descriptor that waits for the disk, one that does not; neither closes on an interrupt.
  private final RandomAccessFile synced;

  private final RandomAccessFile unsynced;
  private boolean wasSynced;
  private long end;
  private Json.Obj run;

  private FlowRecord(Place place, FlowWorld world, LockFile.Held held, Json.Obj run)
      throws IOException {
    this.place = place;
    this.world = world;
    this.held = held;
    this.run = run;
    this.synced = new RandomAccessFile(place.phases().toFile(), "rwd");
    this.unsynced = new RandomAccessFile(place.phases().toFile(), "rw");
    this.end = unsynced.length();
    unsynced.seek(end);
  }

  static FlowRecord create(Place place, FlowEngine.Prepared.Ready ready, FlowWorld world)
      throws IOException {
    Files.createDirectories(place.folder());
    var held = lock(place);
    if (Files.exists(place.run())) {
      held.close();
      throw new FlowException("run " + place.runId() + " is there already (resume it)");
    }
    var flow = ready.flow();
    var now = world.time().clock().millis();
    var run =
        Json.Obj.empty()
            .with("runId", place.runId())
            .with("flowName", flow.name())
            .with("status", "running")
            .with(DEFINITION, flow.source())
            .with("file", flow.file().map(file -> file.toAbsolutePath().toString()))
            .with("args", ready.args())
            .with("cwd", world.site().directory().toAbsolutePath().toString())
            .with("createdAt", now)
            .with("updatedAt", now);
    var record = new FlowRecord(place, world, held, run);
    record.write(run);
    return record;
  }

  static FlowRecord open(Place place, FlowWorld world) throws IOException {
    if (!Files.isRegularFile(place.run())) {
      throw new FlowException("there is no run '" + place.runId() + "'");
    }
    var held = lock(place);
    cutTornLine(place.phases());
    var record = new FlowRecord(place, world, held, readRun(place));
    record.write(
        record.run.with("status", "running").with("updatedAt", world.time().clock().millis()));
    return record;
  }

  /// What stands in the environment of all that is started for a run.
  public static Map<String, String> mark(Place place) {
    return Map.of(MARK, markOf(place));
  }

  /// Ends what a process that was killed has left at work: whatever it does is done anew.
  void endLeftovers() throws InterruptedException {
    OrphanProcesses.ofMark(MARK, markOf(place)).sweep(PATIENCE);
  }

  private static String markOf(Place place) {
    return place.folder().toAbsolutePath().normalize().toString();
  }

  private static LockFile.Held lock(Place place) throws IOException {
    return LockFile.open(place.lock())
        .tryLock()
        .orElseThrow(() ->
            new FlowException(
                "run "
                    + place.runId()
                    + " is being worked on by another process (wait for it or stop it)"));
  }

  /// Whether a process works on the run.
  public static boolean isAlive(Place place) throws IOException {
    if (!Files.exists(place.lock())) {
      return false;
    }
    var held = LockFile.open(place.lock()).tryLock();
    if (held.isPresent()) {
      held.get().close();
    }
    return held.isEmpty();
  }

  static Json.Obj readRun(Place place) throws IOException {
    try {
      return Json.parseObject(TextFile.readAny(place.run()));
    } catch (JsonException e) {
      throw new FlowException(place.run() + ": " + e.getMessage(), e);
    }
  }

  /// A process that was killed may leave half a line.
  private static void cutTornLine(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (var access = new RandomAccessFile(file.toFile(), "rw")) {
      var end = access.length();
      var at = end;
      while (at > 0) {
        access.seek(at - 1);
        if (access.read() == '\n') {
          break;
        }
        at--;
      }
      if (at < end) {
        access.setLength(at);
      }
    }
  }

  private void write(Json.Obj changed) throws IOException {
    run = changed;
    DurableFiles.replace(place.run(), Json.writePage(run).getBytes(StandardCharsets.UTF_8));
  }

  /// The flow as it was when the run began; prompts in files are read again.
  public static CheckedFlow readFlow(Place place) throws IOException {
    var run = readRun(place);
    var file = run.findText("file").map(Path::of);
    var folder = file.map(Path::toAbsolutePath).map(Path::getParent);
    var prompts =
        folder
            .<FlowReader.Prompts>map(f -> new PromptFiles(f, Optional.empty()))
            .orElse(FlowReader.NO_FILES);
    var definition = run.findObject(DEFINITION).orElse(Json.Obj.empty());
    return FlowReader.of(JsonNode.of(definition), file, prompts);
  }

  static Json.Obj args(Place place) throws IOException {
    return readRun(place).findObject("args").orElse(Json.Obj.empty());
  }

  EarlierResults prior() throws IOException {
    return prior(place);
  }

  static EarlierResults prior(Place place) throws IOException {
    var phases = new HashMap<List<String>, PhaseResult>();
    var calls = new HashMap<List<String>, PhaseResult>();
    var questions = new HashMap<List<String>, EarlierResults.Question>();
    var spent = Usage.NONE;
    if (Files.exists(place.phases())) {
      try (var bytes = Files.newInputStream(place.phases());
          var lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
          spent = spent.plus(new Line(phases, calls, questions).read(line));
        }
      }
    }
    return new EarlierResults(phases, calls, questions, spent, false);
  }

  /// Where the lines of the record go.
  private record Line(
      Map<List<String>, PhaseResult> phases,
      Map<List<String>, PhaseResult> calls,
      Map<List<String>, EarlierResults.Question> questions) {

    /// What the line says was spent; a line that cannot be read says nothing.
    Usage read(String line) {
      try {
        return read(Json.parseObject(line));
      } catch (JsonException | IllegalArgumentException _) {
        // Half a line of a process that was killed: that work counts as not done.
        return Usage.NONE;
      }
    }

    private Usage read(Json.Obj json) {
      var spent = json.findObject("spent").map(ResultJson::usage).orElse(Usage.NONE);
      var result = json.findObject("result").map(ResultJson::read);
      if (json.find("waits").isPresent()) {
        var key = EarlierResults.callKey(json.texts("waits"), json.text("slot"));
        var session = json.findText("session");
        if (json.text("for").equals("question")) {
          questions.put(key, new EarlierResults.Question(json.text("message"), session));
        } else if (session.isPresent()) {
          questions.put(key, new EarlierResults.Question("", session));
        }
      } else if (result.isPresent() && json.findText("key").isPresent()) {
        var key = json.text("key");
        if (result.get().isDone()) {
          calls.put(EarlierResults.callKey(json.texts("call"), key), result.get());
        }
        questions.remove(
            EarlierResults.callKey(json.texts("call"), key.substring(0, key.indexOf(' '))));
        return result.get().usage();
      } else if (result.isPresent()) {
        phases.put(json.texts("phase"), result.get());
        questions.remove(EarlierResults.callKey(json.texts("phase"), ""));
      }
      return spent;
    }
  }

  @Override
  public void phase(List<String> path, PhaseResult result, Usage spent) throws IOException {
    var line = line("phase", path).with("result", ResultJson.write(result));
    var costs = spent.calls() > 0;
    append(costs ? line.with("spent", ResultJson.usage(spent)) : line, costs);
  }

  @Override
  public void call(List<String> path, String key, PhaseResult result) throws IOException {
    append(
        line("call", path).with("key", key).with("result", ResultJson.write(result)),
        result.usage().calls() > 0);
  }

  @Override
  public void waits(List<String> path, String slot, PhaseCaller.Reply.Waits reply, Usage spent)
      throws IOException {
    append(
        line("waits", path)
            .with("slot", slot)
            .with("for", reply.what().word())
            .with("message", reply.message())
            .with("session", reply.session())
            .with("spent", ResultJson.usage(spent)),
        spent.calls() > 0);
  }

  @Override
  public void session(List<String> path, String session, String agent) throws IOException {
    append(line("in", path).with("session", session).with("agent", agent), false);
  }

  private static Json.Obj line(String kind, List<String> path) {
    return Json.Obj.empty().with(kind, Json.Arr.ofTexts(path));
  }

  /// The session of the call that ended last; absent where no program told one.
  public static Optional<InSession> findSession(Place place) throws IOException {
    return Files.exists(place.phases())
        ? TextFile.readAny(place.phases())
            .lines()
            .filter(line -> line.startsWith("{\"in\":"))
            .flatMap(line -> session(line).stream())
            .reduce((_, last) -> last)
        : Optional.empty();
  }

  private static Optional<InSession> session(String line) {
    try {
      var json = Json.parseObject(line);
      return Optional.of(new InSession(json.text("session"), json.text("agent")));
    } catch (JsonException damaged) {
      return Optional.empty();
    }
  }

  /// A session of an agent.
  public record InSession(String id, String agent) {}

  /// A line that went there by half, since the disk is full, is taken back.
  private synchronized void append(Json.Obj line, boolean sync) throws IOException {
    var out = sync ? synced : unsynced;
    var bytes = (line.write() + "\n").getBytes(StandardCharsets.UTF_8);
    if (sync != wasSynced) {
      out.seek(end);
      wasSynced = sync;
    }
    try {
      out.write(bytes);
      end += bytes.length;
    } catch (IOException full) {
      out.setLength(end);
      out.seek(end);
      throw full;
    }
  }

  void end(FlowOutcome ended) throws IOException {
    write(
        run.with("status", ended.status().name().toLowerCase(Locale.ROOT))
            .with("finalOutput", ended.finalOutput())
            .with("usage", ResultJson.usage(ended.usage()))
            .with("spent", ResultJson.usage(ended.spent()))
            .with("updatedAt", world.time().clock().millis()));
  }

  @Override
  public void close() throws IOException {
    try (held;
        synced) {
      unsynced.close();
    }
  }
}
