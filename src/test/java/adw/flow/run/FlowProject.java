package adw.flow.run;

import adw.flow.definition.FlowFinding;
import adw.flow.definition.FlowFolders;
import adw.flow.definition.ModelChoice;
import adw.flow.definition.RoleFolders;
import adw.json.Json;
import adw.os.process.ProgramEnclosure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A folder with flows, roles and runs, in which tests run flows with a scripted player.
public final class FlowProject {
  final Path folder;
  public final StubPlayer stub = new StubPlayer();
  PhaseCaller player = stub;
  public Approver approver = Approver.nobody();
  public InstantSource clock = InstantSource.system();
  public FlowListener progress = FlowListener.silent();
  ProgramEnclosure enclosure = ProgramEnclosure.open();

  public FlowProject(Path folder) {
    this.folder = folder;
  }

  public FlowProject with(String file, String text) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.resolveSibling("."));
    Files.writeString(path, text);
    return this;
  }

  public FlowFolders flows() {
    return new FlowFolders(folder.resolve("adws"), folder.resolve("home/flows"));
  }

  ResultCache cache() {
    return ResultCache.in(folder.resolve("cache"), clock);
  }

  public FlowRuns runs() {
    return FlowRuns.in(folder.resolve("runs"));
  }

  FlowWorld world() {
    return new FlowWorld(
        new FlowWorld.Crew(
            player,
            approver,
            new RoleFolders.Folders(folder.resolve("adws/agents"), folder.resolve("home/agents")),
            ModelChoice.NONE),
        new FlowWorld.Shelf(flows(), cache(), reference -> Optional.of("revision of " + reference)),
        new FlowWorld.Site(
            folder,
            Map.of("PATH", String.valueOf(System.getenv("PATH")), "LC_ALL", "C.UTF-8"),
            enclosure),
        new FlowWorld.Time(clock, _ -> {}),
        progress);
  }

  public FlowEngine engine() {
    return new FlowEngine(world());
  }

  public FlowEngine.Prepared prepare(String flow, String args) throws IOException {
    return engine().prepare(FlowFolders.parse(flow), Json.parseObject(args));
  }

  public FlowEngine.Prepared.Ready ready(String flow, String args) throws IOException {
    return switch (prepare(flow, args)) {
      case FlowEngine.Prepared.Ready ready -> ready;
      case FlowEngine.Prepared.Refused(var findings) ->
          throw new AssertionError(findings.toString());
    };
  }

  public FlowOutcome run(String flow) throws IOException {
    return run(flow, "{}");
  }

  public FlowOutcome run(String flow, String args) throws IOException {
    return engine().run(ready(flow, args), new FlowStop());
  }

  /// Why the flow must not run.
  public List<String> refusals(String flow) throws IOException {
    return switch (prepare(flow, "{}")) {
      case FlowEngine.Prepared.Ready _ -> List.of();
      case FlowEngine.Prepared.Refused(var findings) ->
          findings.stream().filter(FlowFinding::stops).map(FlowFinding::text).toList();
    };
  }

  /// `{"name":"f","phases":[…]}`
  public static String flow(String phases) {
    return "{\"name\":\"f\",\"phases\":[" + phases + "]}";
  }
}
