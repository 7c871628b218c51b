package adw.flow.run;

import adw.flow.definition.CheckedFlow;
import adw.flow.definition.Flow;
import adw.flow.definition.FlowException;
import adw.flow.definition.Phase;
import adw.flow.definition.PhaseResult;
import adw.json.Json;
import adw.json.JsonException;
import adw.os.ProblemWords;
import adw.spend.Usage;
import adw.text.PlainText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The recorded runs of flows: `runs/<flow>/<runId>/`.
public final class FlowRuns {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,80}");

  private final Path root;

  private FlowRuns(Path root) {
    this.root = root;
  }

  public static FlowRuns in(Path root) {
    return new FlowRuns(root);
  }

  /// One recorded run.
  ///
  /// @param args of the flow
  /// @param phases results by id, in the order of the definition
  /// @param usage of everything, also of attempts that were repeated
  public record Recorded(
      FlowRecordPlace place,
      Head head,
      CheckedFlow flow,
      Json.Obj args,
      SequencedMap<String, PhaseResult> phases,
      Usage usage) {
    /// @param status of the run; `interrupted` when its process died
    record Head(
        String flowName,
        String status,
        Instant created,
        Instant updated,
        Optional<String> finalOutput) {}

    public String runId() {
      return place.runId();
    }

    public String flowName() {
      return head.flowName();
    }

    public String status() {
      return head.status();
    }

    public Instant created() {
      return head.created();
    }

    public Instant updated() {
      return head.updated();
    }

    public Optional<String> finalOutput() {
      return head.finalOutput();
    }

    /// The graph as it stands now. While it runs, what can be at work is: nothing is recorded of a
    /// phase before it has ended, so it has been at work since the last of the others has.
    public Optional<RecordedGraph> graph(Instant now) {
      var isRunning = status().equals("running");
      var since = Duration.between(updated(), now);
      var took = Duration.between(created(), isRunning ? now : updated());
      return flow.flow()
          .map(known ->
              new RecordedGraph(
                  known,
                  status(),
                  phases,
                  isRunning ? atWork(known, since) : Map.of(),
                  took,
                  usage));
    }

    private Map<String, RecordedGraph.Live> atWork(Flow known, Duration since) {
      return atWork(known)
          .collect(
              Collectors.toMap(
                  id -> id, _ -> new RecordedGraph.Live(since, 0, 0, 0, 0, Optional.empty())));
    }

    private Stream<String> atWork(Flow known) {
      var ids = known.phases().stream().map(Phase::id).collect(Collectors.toSet());
      return known.phases().stream()
          .filter(phase -> !phases.containsKey(phase.id()))
          .filter(phase ->
              phase.common().dependencies().stream()
                  .allMatch(on -> phases.containsKey(on) || !ids.contains(on)))
          .map(Phase::id);
    }

    /// The phases that can be at work now.
    public List<String> atWork() {
      return flow.flow().map(known -> atWork(known).toList()).orElse(List.of());
    }
  }

  /// A place for a new run; the id is the flow's name, the time and something random.
  public FlowRecordPlace create(Flow flow, InstantSource clock) {
    var name = safe(flow.name());
    var time = Long.toString(clock.millis(), 36);
    var random = Integer.toHexString(new SplittableRandom().nextInt(0x100000, 0x1000000));
    var id =
        (name.length() > 24 ? name.substring(0, 24) : name)
            + "-"
            + time.substring(Math.max(0, time.length() - 6))
            + "-"
            + random;
    return new FlowRecordPlace(root.resolve(name).resolve(id), id);
  }

  private static String safe(String name) {
    var safe = name.replaceAll("[^A-Za-z0-9_.-]+", "_").replaceAll("^[.-]+", "_");
    return safe.length() > 80 ? safe.substring(0, 80) : safe;
  }

  /// @throws FlowException when there is no such run
  public FlowRecordPlace find(String id) throws IOException {
    if (ID.matcher(id).matches()) {
      for (var flow : folders(root)) {
        if (Files.isRegularFile(flow.resolve(id).resolve("run.json"))) {
          return new FlowRecordPlace(flow.resolve(id), id);
        }
      }
    }
    throw new FlowException(
        "there is no run '" + PlainText.visibleLine(id, 80) + "' (adw flow runs lists them)");
  }

  /// Newest first.
  ///
  /// @param damaged is told of each run whose record cannot be read, with the cure
  public List<Recorded> list(Consumer<String> damaged) throws IOException {
    var runs = new ArrayList<Recorded>();
    for (var flow : folders(root)) {
      for (var folder : folders(flow)) {
        var place = new FlowRecordPlace(folder, String.valueOf(folder.getFileName()));
        if (Files.isRegularFile(place.run())) {
          find(place, damaged).ifPresent(runs::add);
        }
      }
    }
    runs.sort(Comparator.comparing(Recorded::created).reversed());
    return runs;
  }

  private static Optional<Recorded> find(FlowRecordPlace place, Consumer<String> damaged) {
    try {
      return Optional.of(read(place));
    } catch (FlowException | IOException unreadable) {
      damaged.accept(ProblemWords.of(unreadable) + " (delete " + place.folder() + ")");
      return Optional.empty();
    }
  }

  private static List<Path> folders(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (var children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted().toList();
    }
  }

  /// Reads a run wherever it is kept, also one inside a task's run.
  ///
  /// @throws FlowException naming the file when it cannot be read
  public static Recorded read(FlowRecordPlace place) throws IOException {
    try {
      return recorded(place);
    } catch (JsonException | InvalidPathException damaged) {
      throw new FlowException(place.run() + ": " + ProblemWords.of(damaged), damaged);
    }
  }

  private static Recorded recorded(FlowRecordPlace place) throws IOException {
    var run = FlowRunFile.read(place);
    var json = run.json();
    var status = json.text("status");
    var flow = run.outline();
    var recorded = PhaseLines.read(place);
    var prior = recorded.phases();
    var phases = new LinkedHashMap<String, PhaseResult>();
    flow.flow()
        .ifPresent(known ->
            known
                .phases()
                .forEach(phase ->
                    Optional.ofNullable(prior.get(List.of(phase.id())))
                        .ifPresent(result -> phases.put(phase.id(), result))));
    return new Recorded(
        place,
        new Recorded.Head(
            json.text("flowName"),
            status.equals("running") && !place.isAlive() ? "interrupted" : status,
            Instant.ofEpochMilli(json.findLong("createdAt").orElse(0L)),
            updated(place, Instant.ofEpochMilli(json.findLong("updatedAt").orElse(0L))),
            json.findText("finalOutput")),
        flow,
        run.args(),
        phases,
        recorded.spent());
  }

  /// `run.json` is written at the start and at the end; in between there are lines.
  private static Instant updated(FlowRecordPlace place, Instant written) throws IOException {
    var lines = place.phases().file();
    if (!Files.exists(lines) || Files.size(lines) == 0) {
      return written;
    }
    var line = Files.getLastModifiedTime(lines).toInstant();
    return line.isAfter(written) ? line : written;
  }
}
