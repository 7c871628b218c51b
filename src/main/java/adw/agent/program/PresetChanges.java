package adw.agent.program;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a table `[agents.NAME]` of the settings says of a program: filled key by key, and only the
/// keys that were there change anything. The built-in presets are written as such tables too.
public final class PresetChanges {
  final String name;
  private Optional<String> base = Optional.empty();
  private Optional<List<String>> argv = Optional.empty();
  private final Map<PresetOption, List<String>> options = new EnumMap<>(PresetOption.class);
  private Optional<List<String>> tail = Optional.empty();
  private Optional<PromptChannel> prompt = Optional.empty();
  private Optional<OutputFormat> output = Optional.empty();
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> rootEnvironment = new HashMap<>();
  private final Map<String, String> models = new HashMap<>();
  private Optional<String> model = Optional.empty();
  private final Map<String, String> thinking = new HashMap<>();
  private final Map<String, String> tools = new HashMap<>();
  private Optional<List<String>> probe = Optional.empty();

  private PresetChanges(String name) {
    this.name = name;
  }

  public static PresetChanges of(String name) {
    return new PresetChanges(name);
  }

  /// The preset it starts from; without this key the one of the same name.
  public PresetChanges preset(String of) {
    base = Optional.of(of);
    return this;
  }

  public PresetChanges argv(List<String> words) {
    argv = Optional.of(List.copyOf(words));
    return this;
  }

  public PresetChanges option(PresetOption option, List<String> words) {
    options.put(option, List.copyOf(words));
    return this;
  }

  public PresetChanges tail(List<String> words) {
    tail = Optional.of(List.copyOf(words));
    return this;
  }

  public PresetChanges prompt(PromptChannel channel) {
    prompt = Optional.of(channel);
    return this;
  }

  public PresetChanges output(OutputFormat kind) {
    output = Optional.of(kind);
    return this;
  }

  public PresetChanges environment(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  public PresetChanges rootEnvironment(Map<String, String> variables) {
    rootEnvironment.putAll(variables);
    return this;
  }

  public PresetChanges models(Map<String, String> aliases) {
    models.putAll(aliases);
    return this;
  }

  /// The model where a call names none.
  public PresetChanges model(String byDefault) {
    model = Optional.of(byDefault);
    return this;
  }

  public PresetChanges thinking(Map<String, String> levels) {
    thinking.putAll(levels);
    return this;
  }

  public PresetChanges tools(Map<String, String> names) {
    tools.putAll(names);
    return this;
  }

  public PresetChanges probe(List<String> words) {
    probe = Optional.of(List.copyOf(words));
    return this;
  }

  Optional<String> base() {
    return base;
  }

  Optional<OutputFormat> output() {
    return output;
  }

  /// The preset with these keys. Maps are added to, all else replaces; a program that is called
  /// otherwise than it was tested counts as untested, and is not asked for its version.
  Preset applyTo(Preset preset) {
    var same = argv.isEmpty() || argv.get().equals(preset.call().argv());
    return new Preset(
        name,
        preset.kin(),
        applyTo(preset.call()),
        output.orElse(preset.output()),
        applyTo(preset.words()),
        new Preset.Trial(
            probe.orElse(same ? preset.trial().probe() : List.of()),
            preset.trial().tested() && same));
  }

  private Preset.Invocation applyTo(Preset.Invocation call) {
    return new Preset.Invocation(
        argv.orElse(call.argv()),
        joined(call.options(), options),
        tail.orElse(call.tail()),
        prompt.orElse(call.prompt()),
        joined(call.environment(), environment),
        joined(call.rootEnvironment(), rootEnvironment));
  }

  private Preset.Vocabulary applyTo(Preset.Vocabulary words) {
    return new Preset.Vocabulary(
        joined(words.models(), models),
        model.or(words::model),
        joined(words.thinking(), thinking),
        joined(words.tools(), tools));
  }

  private static <K, V> Map<K, V> joined(Map<K, V> base, Map<K, V> more) {
    var joined = new HashMap<>(base);
    joined.putAll(more);
    return joined;
  }
}
