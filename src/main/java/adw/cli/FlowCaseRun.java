package adw.cli;

import adw.flow.Case;
import adw.flow.Stop;
import adw.flow.World;
import adw.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A case that `adw flow run` is given instead of a flow: played with the agents of this project in
/// a folder of its own, which is gone afterwards.
final class FlowCaseRun implements Case.Stage {
  private final FlowFinder finder;
  private final FlowShowing showing;
  private final Interruption interruption;
  private final String name;

  private FlowCaseRun(
      FlowFinder finder, FlowShowing showing, Interruption interruption, String name) {
    this.finder = finder;
    this.showing = showing;
    this.interruption = interruption;
    this.name = name;
  }

  static ExitCode play(
      Case theCase, FlowFinder finder, FlowShowing showing, Interruption interruption)
      throws IOException {
    var folder = Files.createTempDirectory("adw-case");
    try {
      var outcome =
          theCase.play(folder, new FlowCaseRun(finder, showing, interruption, theCase.name()));
      finder.console().print(outcome);
      return code(outcome);
    } finally {
      delete(folder);
    }
  }

  /// Of several steps the last one counts.
  private static ExitCode code(Json.Obj outcome) {
    var steps = outcome.list("steps");
    var last = steps.isEmpty() ? outcome : (Json.Obj) steps.getLast();
    if (!last.isTrue("isError")) {
      return ExitCode.DONE;
    }
    return last.find("status").isPresent() ? ExitCode.FAILED : ExitCode.BAD_INPUT;
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public World world(Case.Setting setting) throws IOException {
    var environment = new java.util.HashMap<>(FlowSession.environment(finder, name));
    environment.putAll(setting.environment());
    return FlowSession.stage(finder, setting.project(), environment, showing).world(showing);
  }

  @Override
  public Stop stop() {
    return interruption.stop();
  }
}
