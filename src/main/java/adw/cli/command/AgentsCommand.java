package adw.cli.command;

import adw.agent.program.InstalledAgents;
import adw.agent.program.Preset;
import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.Project;
import adw.cli.project.ProjectAgents;
import adw.json.Json;
import adw.text.NearestName;
import adw.text.PlainText;
import adw.text.TextWidth;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "agents",
    description = {
      "which agent programs there are, and whether they can work",
      "[agents.NAME] in adw.toml changes one or adds one; @NAME in a task picks it."
    },
    footer = {"", "Example: adw agents --json"})
public final class AgentsCommand extends PicocliCommand {
  @Option(names = "--json", description = "the same as one JSON object")
  boolean json;

  @Option(
      names = "--wake",
      paramLabel = "NAME",
      description = "call it again before its pause is over")
  Optional<String> wake = Optional.empty();

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var agents = new ProjectAgents(Project.find(console), console.caller());
    if (wake.isPresent()) {
      return wake(wake.get(), agents, console);
    }
    var standard = agents.findDefault();
    var listed = agents.roster().list();
    if (json) {
      console.print(
          Json.Obj.empty()
              .with("default", standard)
              .with(
                  "agents",
                  new Json.Arr(
                      listed.stream().<Json>map(InstalledAgents.Listed::toJson).toList())));
      return ExitCode.DONE;
    }
    for (var agent : listed) {
      console.print(line(agent, standard, console));
    }
    if (standard.isEmpty()) {
      console.note("no agent found: install one, or tag tasks #sh");
    }
    return ExitCode.DONE;
  }

  private static ExitCode wake(String name, ProjectAgents agents, Console console)
      throws IOException {
    var names = agents.presets().all().stream().map(Preset::name).toList();
    if (!names.contains(name)) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "no agent '" + name + "'" + NearestName.cure(name, names, "adw agents"));
    }
    agents.pauses().end(name);
    console.print(name + " is called again");
    return ExitCode.DONE;
  }

  private static String line(
      InstalledAgents.Listed agent, Optional<String> standard, Console console) {
    var name = agent.preset().name();
    var row =
        TextWidth.fit(name, 12)
            + TextWidth.fit(agent.version().orElse(""), 14)
            + TextWidth.fit(
                agent.executable().isPresent() ? agent.login().words() : "not installed", 28)
            + (agent.preset().trial().tested() ? "tested" : "untested")
            + (standard.filter(name::equals).isPresent() ? ", the default" : "")
            + agent.pause().map(pause -> ", paused: " + PlainText.line(pause.why())).orElse("");
    return agent.executable().isPresent() ? row : console.paint().dim(row);
  }
}
