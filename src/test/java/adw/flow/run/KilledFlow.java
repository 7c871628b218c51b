package adw.flow.run;

import adw.flow.definition.FlowFolders;
import adw.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A process that runs the flow of `flow.json` in a folder, to be killed by a test.
final class KilledFlow {
  private KilledFlow() {}

  public static void main(String[] args) throws IOException {
    var project = new FlowProject(Path.of(args[0]));
    project.player = paid(project);
    var flow = Files.readString(project.folder.resolve("flow.json"));
    var ready =
        (FlowEngine.Prepared.Ready)
            project.engine().prepare(FlowFolders.parse(flow), Json.Obj.empty());
    project.engine().run(ready, place(project), new FlowStop());
  }

  static FlowRecordPlace place(FlowProject project) {
    return new FlowRecordPlace(project.folder.resolve("run"), "killed-1");
  }

  /// Writes down each call before it answers.
  static PhaseCaller paid(FlowProject project) {
    return (ask, watch) -> {
      var line =
          String.join("/", ask.place().path())
              + " "
              + ask.place().slot()
              + " "
              + ask.prompt().hashCode()
              + "\n";
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
