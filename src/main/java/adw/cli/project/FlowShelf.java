package adw.cli.project;

import adw.flow.definition.FlowFolders;
import adw.flow.definition.RoleFolders;
import adw.flow.run.FlowRuns;
import adw.flow.run.ResultCache;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// Where flows, roles, records and results are kept.
public record FlowShelf(Project project, Map<String, String> environment) {
  public FlowFolders flows() {
    return new FlowFolders(project.root().resolve("adws"), own().resolve("flows"));
  }

  RoleFolders.Folders roles() {
    return new RoleFolders.Folders(project.root().resolve("adws/agents"), own().resolve("agents"));
  }

  public FlowRuns runs() {
    return FlowRuns.in(records().resolve("runs"));
  }

  public ResultCache cache(InstantSource clock) {
    return ResultCache.in(records().resolve("cache"), clock);
  }

  private Path records() {
    return project.state().root().resolve("flows");
  }

  /// The user's own folder.
  private Path own() {
    var set = environment.getOrDefault("XDG_CONFIG_HOME", "");
    var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return (set.isEmpty() ? Path.of(home, ".config") : Path.of(set)).resolve("adw");
  }
}
