package adw.cli;

import adw.flow.Cache;
import adw.flow.FlowRuns;
import adw.flow.Flows;
import adw.flow.Roles;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// Where flows, roles, records and results are kept.
record FlowShelf(Project project, Map<String, String> environment) {
  Flows flows() {
    return new Flows(project.root().resolve("adws"), own().resolve("flows"));
  }

  Roles.Folders roles() {
    return new Roles.Folders(project.root().resolve("adws/agents"), own().resolve("agents"));
  }

  FlowRuns runs() {
    return FlowRuns.in(records().resolve("runs"));
  }

  Cache cache(InstantSource clock) {
    return Cache.in(records().resolve("cache"), clock);
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
