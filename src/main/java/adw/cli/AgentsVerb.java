package adw.cli;

import adw.agent.Preset;
import adw.agent.Roster;
import adw.run.Json;
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
final class AgentsVerb extends Verb {
  @Option(names = "--json", description = "the same as one JSON object")
  boolean json;

  @Option(
      names = "--wake",
      paramLabel = "NAME",
      description = "call it again before its pause is over")
  Optional<String> wake = Optional.empty();

  @Override
  public ExitCode run(Console console) throws IOException, InterruptedException {
    var agents = new Agents(Project.find(console), console.caller());
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
                  new Json.Arr(listed.stream().<Json>map(Roster.Listed::toJson).toList())));
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

  private static ExitCode wake(String name, Agents agents, Console console) throws IOException {
    var names = agents.presets().all().stream().map(Preset::name).toList();
    if (!names.contains(name)) {
      throw new CliException(
          ExitCode.NOT_FOUND, "no agent '" + name + "'" + Nearest.cure(name, names, "adw agents"));
    }
    agents.pauses().end(name);
    console.print(name + " is called again");
    return ExitCode.DONE;
  }

  private static String line(Roster.Listed agent, Optional<String> standard, Console console) {
    var name = agent.preset().name();
    var row =
        Cells.fit(name, 12)
            + Cells.fit(agent.version().orElse(""), 14)
            + Cells.fit(
                agent.executable().isPresent() ? agent.login().words() : "not installed", 28)
            + (agent.preset().tested() ? "tested" : "untested")
            + (standard.filter(name::equals).isPresent() ? ", the default" : "")
            + agent.pause().map(pause -> ", paused: " + Cells.clean(pause.why())).orElse("");
    return agent.executable().isPresent() ? row : console.paint().dim(row);
  }
}
