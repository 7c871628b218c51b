package adw.cli.flow;

import adw.cli.console.CliException;
import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.cli.project.ModelRoles;
import adw.cli.project.ProjectAgents;
import adw.flow.definition.ModelChoice;
import adw.text.TextWidth;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "init",
    description = {
      "which models play the model roles of flows: fast, strong, thinker, arbiter, vision, reasoner",
      "Asks in a terminal, shows what would change, and writes [models.roles] of adw.toml."
    },
    footer = {"", "Example: adw flow init --show     adw flow init --defaults"})
public final class FlowInit extends FlowCommand {
  @Option(names = "--defaults", description = "write what is recommended for the default agent")
  boolean defaults;

  @Option(names = "--show", description = "show what is there and change nothing")
  boolean show;

  @Override
  public ExitCode run(Console console) throws IOException {
    var finder = FlowFinder.find(console);
    var agents = new ProjectAgents(finder.project(), console.caller());
    var agent = agents.findDefault();
    var known = finder.project().settings().models().roles();
    var advice = agent.map(name -> ModelRoles.recommended(agents, name)).orElse(Map.of());
    var dialog = new Dialog(console, new LinkedHashMap<>(known), advice);
    var isAsked = console.caller().screen().in() && console.caller().screen().err();
    if (show || (!defaults && !isAsked)) {
      dialog.show();
      return ExitCode.DONE;
    }
    if (defaults && advice.isEmpty()) {
      throw new CliException(
          ExitCode.REFUSED,
          agent.orElse("no agent")
              + ": no models are recommended for it (write [models.roles] in adw.toml)");
    }
    var wanted = defaults ? Optional.of(advice) : dialog.ask();
    return wanted.isEmpty() ? ExitCode.DONE : save(wanted.get(), finder, dialog, console);
  }

  private ExitCode save(
      Map<String, String> wanted, FlowFinder finder, Dialog dialog, Console console)
      throws IOException {
    var all = new LinkedHashMap<>(dialog.known);
    all.putAll(wanted);
    dialog.preview(all);
    if (all.equals(dialog.known)) {
      console.note("nothing changes");
      return ExitCode.DONE;
    }
    if (!defaults && !dialog.isYes("save this in adw.toml? [y/N] ")) {
      console.note("nothing written");
      return ExitCode.DONE;
    }
    var file = finder.project().root().resolve("adw.toml");
    ModelRoles.write(file, all);
    console.print("written: " + file);
    return ExitCode.DONE;
  }

  /// The questions, and what is shown.
  private record Dialog(Console console, Map<String, String> known, Map<String, String> advice) {
    void show() {
      ModelChoice.INTENTS.forEach((role, intent) ->
          console.print(
              TextWidth.fit(role, 10)
                  + " "
                  + TextWidth.fit(known.getOrDefault(role, "(the agent's own)"), 28)
                  + " "
                  + intent
                  + Optional.ofNullable(advice.get(role))
                      .filter(model -> !model.equals(known.get(role)))
                      .map(model -> "; recommended: " + model)
                      .orElse("")));
    }

    void preview(Map<String, String> wanted) {
      wanted.forEach((role, model) -> {
        var was = known.getOrDefault(role, "");
        var change = was.isEmpty() ? "new" : "was " + was;
        console.print(
            TextWidth.fit(role, 10)
                + " "
                + TextWidth.fit(model, 28)
                + " "
                + (was.equals(model) ? "unchanged" : change));
      });
    }

    /// What is to change; empty when nothing is.
    Optional<Map<String, String>> ask() throws IOException {
      show();
      var choice =
          line(
              (advice.isEmpty() ? "" : "[d] what is recommended, ")
                  + "[c] choose for each role, a role's name for that one, [q] nothing: ");
      return switch (choice) {
        case "d" -> Optional.of(advice).filter(models -> !models.isEmpty());
        case "c" -> Optional.of(choose(List.copyOf(ModelChoice.INTENTS.keySet())));
        case String role when ModelChoice.INTENTS.containsKey(role) ->
            Optional.of(choose(List.of(role)));
        case String _ -> Optional.empty();
      };
    }

    private Map<String, String> choose(List<String> roles) throws IOException {
      var chosen = new LinkedHashMap<String, String>();
      for (var role : roles) {
        var offered = advice.getOrDefault(role, "");
        var keep = known.getOrDefault(role, offered);
        var typed =
            line(
                role
                    + " ("
                    + ModelChoice.INTENTS.get(role)
                    + (offered.isEmpty() ? "" : "; recommended: " + offered)
                    + ") ["
                    + keep
                    + "]: ");
        if (!(typed.isEmpty() ? keep : typed).isEmpty()) {
          chosen.put(role, typed.isEmpty() ? keep : typed);
        }
      }
      return chosen;
    }

    boolean isYes(String question) throws IOException {
      return line(question).equalsIgnoreCase("y");
    }

    /// Byte by byte: what comes after the line is the answer to the next question.
    private String line(String question) throws IOException {
      console.flush();
      console.caller().err().print(question);
      console.caller().err().flush();
      var typed = new java.io.ByteArrayOutputStream();
      for (var b = console.caller().in().read(); b >= 0 && b != '\n'; ) {
        typed.write(b);
        b = console.caller().in().read();
      }
      return typed.toString(java.nio.charset.StandardCharsets.UTF_8).strip();
    }
  }
}
