package adw.agent.program;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How one agent program is called, and how it is understood.
///
/// @param kin the built-in preset it is a variant of, whose folders and keys it shares
public record Preset(
    String name,
    Optional<String> kin,
    Invocation call,
    OutputFormat output,
    Vocabulary words,
    Trial trial) {

  /// How the program is called.
  ///
  /// @param argv the first may be a path
  /// @param options what is appended to `argv` when there is a value for it, in the order of
  ///   [PresetOption]
  /// @param tail what stands behind them
  /// @param environment set for the program, over what it would get
  /// @param rootEnvironment the same, where it runs as root
  public record Invocation(
      List<String> argv,
      Map<PresetOption, List<String>> options,
      List<String> tail,
      PromptChannel prompt,
      Map<String, String> environment,
      Map<String, String> rootEnvironment) {
    public Invocation {
      argv = List.copyOf(argv);
      options = Map.copyOf(options);
      tail = List.copyOf(tail);
      environment = Map.copyOf(environment);
      rootEnvironment = Map.copyOf(rootEnvironment);
    }
  }

  /// What the program calls things.
  ///
  /// @param models aliases; a name that is none of them is passed on as it is
  /// @param model taken where a call names none
  /// @param thinking its words for levels of thinking; "" for one that it cannot do
  /// @param tools its names of tools; a name that is none of these is passed on as it is
  public record Vocabulary(
      Map<String, String> models,
      Optional<String> model,
      Map<String, String> thinking,
      Map<String, String> tools) {
    static final Vocabulary NONE = new Vocabulary(Map.of(), Optional.empty(), Map.of(), Map.of());

    public Vocabulary {
      models = Map.copyOf(models);
      thinking = Map.copyOf(thinking);
      tools = Map.copyOf(tools);
    }
  }

  /// What is known of its working.
  ///
  /// @param probe prints the version; empty: it is not asked
  /// @param tested whether it was run for real, called like this
  public record Trial(List<String> probe, boolean tested) {
    public Trial {
      probe = List.copyOf(probe);
    }
  }

  /// A program of which nothing is known: its answer is what it prints.
  static Preset blank(Optional<String> kin, boolean tested) {
    return new Preset(
        "",
        kin,
        called(Map.of(), PromptChannel.STDIN),
        OutputFormat.TEXT,
        Vocabulary.NONE,
        new Trial(List.of(), tested));
  }

  /// Only the optional arguments: what a program has in common with another of the same output.
  Preset optionsOnly() {
    return new Preset(
        name,
        Optional.empty(),
        called(call.options(), call.prompt()),
        output,
        new Vocabulary(Map.of(), Optional.empty(), words.thinking(), words.tools()),
        new Trial(List.of(), false));
  }

  private static Invocation called(Map<PresetOption, List<String>> options, PromptChannel prompt) {
    return new Invocation(List.of(), options, List.of(), prompt, Map.of(), Map.of());
  }

  /// Whether it can be kept to some tools.
  public boolean holdsTools() {
    return call.options().containsKey(PresetOption.TOOLS);
  }

  /// What the program calls these tools, each once.
  List<String> toolsNamed(List<String> names) {
    return names.stream().map(name -> words.tools().getOrDefault(name, name)).distinct().toList();
  }

  /// The program's name of a model: what the alias stands for, or the name itself.
  public String modelNamed(String alias) {
    return words.models().getOrDefault(alias, alias);
  }
}
