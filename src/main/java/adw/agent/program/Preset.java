package adw.agent.program;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How one agent program is called, and how it is understood.
///
/// @param kin the built-in preset it is a variant of, whose folders and keys it shares
/// @param argv how the program is called; the first may be a path
/// @param options what is appended to `argv` when there is a value for it, in the order of
///   [PresetOption]
/// @param tail what stands behind them
/// @param environment set for the program, over what it would get
/// @param rootEnvironment the same, where it runs as root
/// @param models aliases; a name that is none of them is passed on as it is
/// @param model taken where a call names none
/// @param thinking the program's words for levels of thinking; "" for one that it cannot do
/// @param tools the program's names of tools; a name that is none of these is passed on as it is
/// @param probe prints the version; empty: it is not asked
/// @param tested whether it was run for real, called like this
public record Preset(
    String name,
    Optional<String> kin,
    List<String> argv,
    Map<PresetOption, List<String>> options,
    List<String> tail,
    PromptChannel prompt,
    OutputFormat output,
    Map<String, String> environment,
    Map<String, String> rootEnvironment,
    Map<String, String> models,
    Optional<String> model,
    Map<String, String> thinking,
    Map<String, String> tools,
    List<String> probe,
    boolean tested) {
  public Preset {
    argv = List.copyOf(argv);
    options = Map.copyOf(options);
    tail = List.copyOf(tail);
    environment = Map.copyOf(environment);
    rootEnvironment = Map.copyOf(rootEnvironment);
    models = Map.copyOf(models);
    thinking = Map.copyOf(thinking);
    tools = Map.copyOf(tools);
    probe = List.copyOf(probe);
  }

  /// A program of which nothing is known: its answer is what it prints.
  static Preset blank(Optional<String> kin, boolean tested) {
    return new Preset(
        "",
        kin,
        List.of(),
        Map.of(),
        List.of(),
        PromptChannel.STDIN,
        OutputFormat.TEXT,
        Map.of(),
        Map.of(),
        Map.of(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        List.of(),
        tested);
  }

  /// Only the optional arguments: what a program has in common with another of the same output.
  Preset optionsOnly() {
    return new Preset(
        name,
        Optional.empty(),
        List.of(),
        options,
        List.of(),
        prompt,
        output,
        Map.of(),
        Map.of(),
        Map.of(),
        Optional.empty(),
        thinking,
        tools,
        List.of(),
        false);
  }

  /// Whether it can be kept to some tools.
  public boolean holdsTools() {
    return options.containsKey(PresetOption.TOOLS);
  }

  /// What the program calls these tools, each once.
  List<String> toolsNamed(List<String> names) {
    return names.stream().map(name -> tools.getOrDefault(name, name)).distinct().toList();
  }

  /// The program's name of a model: what the alias stands for, or the name itself.
  public String modelNamed(String alias) {
    return models.getOrDefault(alias, alias);
  }
}
