package adw.flow;

import adw.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A process that runs the flow of `flow.json` in a folder, to be killed by a test.
final class KilledFlow {
  private KilledFlow() {}

  public static void main(String[] args) throws IOException {
    var project = new Project(Path.of(args[0]));
    project.player = paid(project);
    var flow = Files.readString(project.folder.resolve("flow.json"));
    var ready =
        (Engine.Prepared.Ready) project.engine().prepare(Flows.parse(flow), Json.Obj.empty());
    project.engine().run(ready, place(project), new Stop());
  }

  static FlowRecord.Place place(Project project) {
    return new FlowRecord.Place(project.folder.resolve("run"), "killed-1");
  }

  /// Writes down each call before it answers.
  static Player paid(Project project) {
    return (ask, watch) -> {
      var line =
          String.join("/", ask.path()) + " " + ask.slot() + " " + ask.prompt().hashCode() + "\n";
      synchronized (project) {
        Files.writeString(
            project.folder.resolve("paid.txt"),
            line,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
      return project.stub.play(ask, watch);
    };
  }
}
