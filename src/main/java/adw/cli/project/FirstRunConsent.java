package adw.cli.project;

import adw.cli.console.Console;
import adw.daemon.DryRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Many tools keep checklists in a file named tasks.md: before the first paid agent starts in a
/// repository that has neither settings nor a journal of ours, a person says yes.
public final class FirstRunConsent {
  private FirstRunConsent() {}

  public static void check(Project project, Console console)
      throws IOException, InterruptedException {
    if (isKnown(project) || !Files.exists(project.taskFile())) {
      return;
    }
    var shelf = new FlowShelf(project, console.caller().environment());
    var flows = new FlowHealth(project, console.caller(), shelf);
    try (var opened = OpenProject.look(project, console.caller())) {
      var document = project.needDocument(project.vocabulary(opened.context().workflows()));
      var preview = new DryRun(opened.context()).of(document);
      var lines =
          preview.rows().stream()
              .filter(DryRun.Row::starts)
              .filter(row -> row.workflow().filter(flows::needsAgent).isPresent())
              .count();
      if (lines > 0) {
        var base = preview.base().describe(console.caller().clock().instant());
        console.note(words(project, console, base));
        console.confirm(
            "run: "
                + lines
                + (lines == 1 ? " line of " : " lines of ")
                + project.taskFileName()
                + " would start in a repository that is new to adw (adw init says yes for good)");
      }
    }
    known(project);
  }

  private static boolean isKnown(Project project) throws IOException {
    return Files.exists(project.root().resolve("adw.toml"))
        || Files.exists(mark(project))
        || hasJournal(project.state().journal());
  }

  private static boolean hasJournal(Path journal) throws IOException {
    if (!Files.isDirectory(journal)) {
      return false;
    }
    try (var files = Files.list(journal)) {
      return files.findAny().isPresent();
    }
  }

  /// Somebody said yes.
  public static void known(Project project) throws IOException {
    project.state().createRoot();
    Files.writeString(mark(project), "");
  }

  private static Path mark(Project project) {
    return project.state().root().resolve("known");
  }

  private static String words(Project project, Console console, String base)
      throws IOException, InterruptedException {
    var agents = new ProjectAgents(project, console.caller());
    var name = agents.findDefault().orElse("an agent");
    var version =
        agents.roster().list().stream()
            .filter(agent -> agent.preset().name().equals(name))
            .findFirst()
            .flatMap(agent -> agent.version())
            .map(found -> " " + found)
            .orElse("");
    var settings = project.settings();
    return String.format(
        Locale.ROOT,
        "%s%s works here, runs with full permissions, sandbox off%n"
            + "%s, at most %d at once, $%.2f a task, $%.2f a day",
        name,
        version,
        base,
        settings.loop().trigger().maxConcurrent(),
        settings.agent().maxUsd(),
        settings.agent().maxUsdDay());
  }
}
