package adw.agent.program;

import static adw.agent.program.PresetOption.BUDGET;
import static adw.agent.program.PresetOption.MAX_TURNS;
import static adw.agent.program.PresetOption.MODEL;
import static adw.agent.program.PresetOption.RESUME;
import static adw.agent.program.PresetOption.SYSTEM;
import static adw.agent.program.PresetOption.THINKING;
import static adw.agent.program.PresetOption.TOOLS;

import adw.agent.AgentException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The programs that are known by name: built in, and those of the settings.
public final class Presets {
  /// Which installed one is taken where nobody names an agent: the first.
  public static final List<String> PREFERRED =
      List.of("claude", "codex", "gemini", "opencode", "pi");

  private static final Set<String> UNTESTED = Set.of("auggie");

  public static final Presets BUILT_IN = builtIn();

  private final SequencedMap<String, Preset> byName;

  private Presets(SequencedMap<String, Preset> byName) {
    this.byName = Collections.unmodifiableSequencedMap(byName);
  }

  /// The same with the settings' tables, in their order: each changes the preset of its name, or
  /// makes a new one. A new one without `preset` takes the optional arguments of the built-in
  /// program that speaks its `output`, since whoever speaks it mostly is a wrapper of that one.
  ///
  /// @throws AgentException where a table names a preset that is not there, or says no `argv`
  public Presets with(List<PresetChanges> tables) {
    var changed = new LinkedHashMap<>(byName);
    for (var table : tables) {
      var preset = table.applyTo(base(table, changed));
      if (preset.call().argv().isEmpty()) {
        throw new AgentException("[agents." + table.name + "]: no argv: how is it called?");
      }
      changed.put(table.name, preset);
    }
    return new Presets(changed);
  }

  public Optional<Preset> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// Built-in ones first.
  public List<Preset> all() {
    return List.copyOf(byName.values());
  }

  private static Preset base(PresetChanges table, Map<String, Preset> known) {
    var name = table.base().orElse(table.name);
    var base = known.get(name);
    if (base == null && table.base().isPresent()) {
      var names = String.join(", ", known.keySet());
      throw new AgentException(
          "[agents." + table.name + "]: no preset '" + name + "' (there are " + names + ")");
    }
    return base != null ? base : unnamed(table);
  }

  private static Preset unnamed(PresetChanges table) {
    var speaks =
        switch (table.output().orElse(OutputFormat.TEXT)) {
          case CLAUDE_STREAM_JSON -> "claude";
          case CODEX_JSONL -> "codex";
          case GEMINI_STREAM_JSON -> "gemini";
          case OPENCODE_JSON -> "opencode";
          case PI_JSON -> "pi";
          case TEXT -> "";
        };
    return BUILT_IN
        .find(speaks)
        .map(Preset::optionsOnly)
        .orElse(Preset.blank(Optional.empty(), false));
  }

  private static Presets builtIn() {
    var presets = new LinkedHashMap<String, Preset>();
    for (var table : List.of(claude(), codex(), gemini(), opencode(), pi(), qwen(), auggie())) {
      var blank = Preset.blank(Optional.of(table.name), !UNTESTED.contains(table.name));
      var preset = table.probe(List.of(table.name, "--version")).applyTo(blank);
      presets.put(table.name, tested(preset));
    }
    return new Presets(presets);
  }

  /// A built-in table brings its own argv, which alone does not make it untested.
  private static Preset tested(Preset preset) {
    return new Preset(
        preset.name(),
        preset.kin(),
        preset.call(),
        preset.output(),
        preset.words(),
        new Preset.Trial(preset.trial().probe(), !UNTESTED.contains(preset.name())));
  }

  private static PresetChanges claude() {
    return table("claude", OutputFormat.CLAUDE_STREAM_JSON)
        .argv(
            words(
                "claude -p --output-format stream-json --verbose --dangerously-skip-permissions"
                    + " --disallowedTools AskUserQuestion"))
        .option(MODEL, words("--model {model}"))
        .option(SYSTEM, words("--append-system-prompt-file {system_file}"))
        .option(THINKING, words("--effort {thinking}"))
        // Tools of MCP servers are none of the built-in ones that --tools chooses from.
        .option(TOOLS, words("--tools {tools} --strict-mcp-config"))
        .option(MAX_TURNS, words("--max-turns {n}"))
        .option(BUDGET, words("--max-budget-usd {usd}"))
        .option(RESUME, words("--resume {session}"))
        .thinking(Map.of("off", "low", "minimal", "low"))
        .tools(
            Map.of(
                "read", "Read",
                "grep", "Grep",
                "find", "Glob",
                "ls", "Glob",
                "bash", "Bash",
                "edit", "Edit",
                "write", "Write"))
        .environment(
            Map.of(
                "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
                "DISABLE_AUTOUPDATER", "1",
                "CLAUDE_CODE_MAX_RETRIES", "3"))
        .rootEnvironment(Map.of("IS_SANDBOX", "1"));
  }

  private static PresetChanges codex() {
    return table("codex", OutputFormat.CODEX_JSONL)
        .argv(
            words(
                "codex exec --json --dangerously-bypass-approvals-and-sandbox --skip-git-repo-check"
                    + " -c analytics.enabled=false --disable plugins --disable"
                    + " unbounded_connection_retries"))
        .option(MODEL, words("-m {model}"))
        .option(THINKING, words("-c model_reasoning_effort=\"{thinking}\""))
        .option(RESUME, words("resume {session}"))
        .tail(words("-"))
        .thinking(Map.of("off", "minimal"))
        .models(Map.of("gpt", "gpt-6.1-sol", "gpt-mini", "gpt-6-luna"));
  }

  private static PresetChanges gemini() {
    return table("gemini", OutputFormat.GEMINI_STREAM_JSON)
        .argv(words("gemini --yolo --skip-trust -o stream-json"))
        .option(MODEL, words("-m {model}"))
        .option(RESUME, words("--resume {session}"))
        .tail(List.of("-p", ""))
        .environment(Map.of("GEMINI_CLI_NO_RELAUNCH", "true"))
        .models(Map.of("pro", "gemini-2.5-pro", "flash", "gemini-2.5-flash"));
  }

  private static PresetChanges opencode() {
    return table("opencode", OutputFormat.OPENCODE_JSON)
        .argv(words("opencode run --format json --auto --title adw"))
        .option(MODEL, words("-m {model}"))
        .option(RESUME, words("-s {session}"))
        .environment(
            Map.of("OPENCODE_DISABLE_AUTOUPDATE", "1", "OPENCODE_DISABLE_LSP_DOWNLOAD", "1"))
        .models(Map.of("sonnet", "anthropic/claude-sonnet-4-5"));
  }

  private static PresetChanges pi() {
    return table("pi", OutputFormat.PI_JSON)
        .argv(words("pi --mode json"))
        .option(MODEL, words("--model {model}"))
        .option(SYSTEM, words("--append-system-prompt {system_file}"))
        .option(THINKING, words("--thinking {thinking}"))
        .option(TOOLS, words("--tools {tools}"))
        .option(RESUME, words("--session {session}"))
        .tail(words("-p"))
        .environment(Map.of("PI_TELEMETRY", "0"))
        .models(Map.of("opus", "anthropic/opus", "sonnet", "anthropic/sonnet"));
  }

  private static PresetChanges qwen() {
    return table("qwen", OutputFormat.CLAUDE_STREAM_JSON)
        .argv(words("qwen --yolo -o stream-json"))
        .option(MODEL, words("-m {model}"))
        .option(TOOLS, words("--core-tools {tools}"))
        .tools(
            Map.of(
                "read", "read_file",
                "grep", "grep_search",
                "find", "glob",
                "ls", "list_directory",
                "bash", "run_shell_command",
                "write", "write_file"))
        .option(RESUME, words("--resume {session}"))
        .tail(List.of("-p", ""));
  }

  private static PresetChanges auggie() {
    return table("auggie", OutputFormat.TEXT)
        .argv(words("auggie --print --quiet"))
        .option(MODEL, words("--model {model}"));
  }

  private static PresetChanges table(String name, OutputFormat output) {
    return PresetChanges.of(name).output(output);
  }

  private static List<String> words(String line) {
    return new ArrayList<>(List.of(line.split(" ")));
  }
}
