package adw.flow;

import adw.os.Enclosure;
import adw.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A folder with flows, roles and runs, in which tests run flows with a scripted player.
final class Project {
  final Path folder;
  final StubPlayer stub = new StubPlayer();
  Player player = stub;
  Approver approver = Approver.nobody();
  InstantSource clock = InstantSource.system();
  Progress progress = Progress.silent();
  Enclosure enclosure = Enclosure.open();

  Project(Path folder) {
    this.folder = folder;
  }

  Project with(String file, String text) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.resolveSibling("."));
    Files.writeString(path, text);
    return this;
  }

  Flows flows() {
    return new Flows(folder.resolve("adws"), folder.resolve("home/flows"));
  }

  Cache cache() {
    return Cache.in(folder.resolve("cache"), clock);
  }

  FlowRuns runs() {
    return FlowRuns.in(folder.resolve("runs"));
  }

  World world() {
    return new World(
        new World.Crew(
            player,
            approver,
            new Roles.Folders(folder.resolve("adws/agents"), folder.resolve("home/agents")),
            Models.NONE),
        new World.Shelf(flows(), cache(), reference -> Optional.of("revision of " + reference)),
        new World.Site(
            folder,
            Map.of("PATH", String.valueOf(System.getenv("PATH")), "LC_ALL", "C.UTF-8"),
            enclosure),
        new World.Time(clock, _ -> {}),
        progress);
  }

  Engine engine() {
    return new Engine(world());
  }

  Engine.Prepared prepare(String flow, String args) throws IOException {
    return engine().prepare(Flows.parse(flow), Json.parseObject(args));
  }

  Engine.Prepared.Ready ready(String flow, String args) throws IOException {
    return switch (prepare(flow, args)) {
      case Engine.Prepared.Ready ready -> ready;
      case Engine.Prepared.Refused(var findings) -> throw new AssertionError(findings.toString());
    };
  }

  Ended run(String flow) throws IOException {
    return run(flow, "{}");
  }

  Ended run(String flow, String args) throws IOException {
    return engine().run(ready(flow, args), new Stop());
  }

  /// Why the flow must not run.
  List<String> refusals(String flow) throws IOException {
    return switch (prepare(flow, "{}")) {
      case Engine.Prepared.Ready _ -> List.of();
      case Engine.Prepared.Refused(var findings) ->
          findings.stream().filter(Finding::stops).map(Finding::text).toList();
    };
  }

  /// `{"name":"f","phases":[…]}`
  static String flow(String phases) {
    return "{\"name\":\"f\",\"phases\":[" + phases + "]}";
  }
}
