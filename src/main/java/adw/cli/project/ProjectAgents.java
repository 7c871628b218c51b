package adw.cli.project;

import adw.agent.AgentException;
import adw.agent.AgentPauses;
import adw.agent.program.InstalledAgents;
import adw.agent.program.OutputFormat;
import adw.agent.program.PresetChanges;
import adw.agent.program.PresetOption;
import adw.agent.program.Presets;
import adw.agent.program.ProgramSettings;
import adw.agent.program.PromptChannel;
import adw.cli.console.Caller;
import adw.cli.settings.Settings;
import adw.spend.Price;
import adw.spend.Prices;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The agent programs of a project: the presets, changed by the tables of its settings.
public record ProjectAgents(Project project, Caller caller) {
  public Presets presets() {
    return Presets.BUILT_IN.with(
        project.settings().agents().entrySet().stream().map(this::table).toList());
  }

  public InstalledAgents roster() {
    return new InstalledAgents(presets(), pauses(), project.root(), caller.environment());
  }

  public AgentPauses pauses() {
    return new AgentPauses(project.state().root().resolve("agents/paused"), caller.clock());
  }

  /// Who works where nobody is named: `[agent] default`, else the first table that says how it is
  /// called, else the first installed.
  public Optional<String> findDefault() {
    var wanted = project.settings().agent().standard();
    if (!wanted.isEmpty()) {
      return Optional.of(wanted);
    }
    return project.settings().agents().entrySet().stream()
        .filter(agent -> !agent.getValue().argv().isEmpty())
        .map(Map.Entry::getKey)
        .findFirst()
        .or(() -> roster().findDefault());
  }

  /// The role that the agent plays where a phase names none.
  Optional<String> findRole(Optional<String> agent) {
    return agent
        .or(this::findDefault)
        .flatMap(name -> Optional.ofNullable(project.settings().agents().get(name)))
        .map(Settings.NamedAgent::role)
        .filter(role -> !role.isEmpty());
  }

  ProgramSettings programs() {
    return new ProgramSettings(
        project.state().root().resolve("agents"),
        prices(),
        project.sandbox(),
        caller.clock(),
        caller::zone,
        System.getProperty("user.name", "").equals("root"));
  }

  private Prices prices() {
    var prices = new HashMap<String, Price>();
    project
        .settings()
        .prices()
        .forEach((model, price) ->
            prices.put(model, new Price(price.in(), price.out(), price.cached())));
    return new Prices(prices);
  }

  private PresetChanges table(Map.Entry<String, Settings.NamedAgent> entry) {
    var named = entry.getValue();
    var table =
        PresetChanges.of(entry.getKey()).environment(named.env()).rootEnvironment(named.rootEnv());
    named
        .options()
        .forEach((word, words) ->
            PresetOption.find(word).ifPresent(option -> table.option(option, words)));
    if (!named.preset().isEmpty()) {
      table.preset(named.preset());
    } else if (named.argv().isEmpty() && Presets.BUILT_IN.find(entry.getKey()).isEmpty()) {
      table.preset(builtIn());
    }
    if (!named.argv().isEmpty()) {
      table.argv(placed(named.argv()));
    }
    if (!named.model().isEmpty()) {
      table.model(named.model());
    }
    if (!named.output().isEmpty()) {
      table.output(output(entry.getKey(), named.output()));
    }
    if (!named.prompt().isEmpty()) {
      table.prompt(channel(entry.getKey(), named.prompt()));
    }
    return table;
  }

  /// The program, or the script that an interpreter is given, may lie beside `adw.toml`; whoever
  /// calls it works in another folder.
  private List<String> placed(List<String> argv) {
    var placed = new ArrayList<>(argv);
    for (var i = 0; i < Math.min(2, argv.size()); i++) {
      var word = argv.get(i);
      var isPath = i == 0 ? word.indexOf('/') > 0 : !word.startsWith("-");
      if (isPath && Files.isRegularFile(project.root().resolve(word))) {
        placed.set(i, project.root().resolve(word).toString());
      }
    }
    return placed;
  }

  /// What a table starts from that only names a model or a role.
  private String builtIn() {
    return new InstalledAgents(Presets.BUILT_IN, pauses(), project.root(), caller.environment())
        .findDefault()
        .orElse("claude");
  }

  private static OutputFormat output(String agent, String word) {
    return OutputFormat.find(word)
        .orElseThrow(() ->
            new AgentException(
                "[agents."
                    + agent
                    + "]: no output kind '"
                    + word
                    + "' (text, claude-stream-json, …)"));
  }

  private static PromptChannel channel(String agent, String word) {
    return PromptChannel.find(word)
        .orElseThrow(() ->
            new AgentException(
                "[agents." + agent + "]: prompt = '" + word + "' (it is stdin, arg or file)"));
  }
}
