package adw.agent.program;

import adw.agent.AgentCall;
import adw.agent.Instructions;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A call as the command line of a program.
///
/// @param input what it gets on standard input
/// @param files what must stand where before it starts, and is gone when it has ended
/// @param kept what must stand there too, and stays for the next call
record CommandLine(
    List<String> argv, String input, Map<Path, String> files, Map<Path, String> kept) {
  /// Linux takes no single argument of 128 KiB.
  static final int ARGUMENT_LIMIT = 128 * 1024 - 1;

  CommandLine {
    argv = List.copyOf(argv);
    files = Map.copyOf(files);
    kept = Map.copyOf(kept);
  }

  /// @param scratch a folder for this call alone; it need not be there yet
  static CommandLine of(Preset preset, AgentCall call, Path scratch) {
    return new Draft(preset, call, scratch).build();
  }

  /// The first argument that is longer than a program can be given.
  Optional<String> findTooLong() {
    return argv.stream()
        .filter(word -> word.getBytes(StandardCharsets.UTF_8).length > ARGUMENT_LIMIT)
        .findFirst();
  }

  /// Where these files are: of kept ones what holds all of them.
  List<Path> folders() {
    var folders = new LinkedHashSet<Path>();
    files.keySet().forEach(file -> folders.add(file.resolveSibling("").normalize()));
    kept.keySet().forEach(file -> folders.add(file.resolve("../..").normalize()));
    return List.copyOf(folders);
  }

  /// The arguments with the executable in place of its name.
  CommandLine withExecutable(Path executable) {
    var words = new ArrayList<>(argv);
    words.set(0, executable.toString());
    return withArgv(words);
  }

  CommandLine withArgv(List<String> words) {
    return new CommandLine(words, input, files, kept);
  }

  /// What a command line is put together from, piece by piece.
  private static final class Draft {
    private final Preset preset;
    private final AgentCall call;
    private final Path scratch;
    private final List<String> argv = new ArrayList<>();
    private final Map<Path, String> files = new HashMap<>();
    private final Map<Path, String> kept = new HashMap<>();
    private final String prompt;

    Draft(Preset preset, AgentCall call, Path scratch) {
      this.preset = preset;
      this.call = call;
      this.scratch = scratch;
      this.prompt = prompt();
    }

    /// A program without an option for instructions reads them above its prompt.
    private String prompt() {
      var instructions = call.wishes().instructions();
      if (instructions.isEmpty() || preset.call().options().containsKey(PresetOption.SYSTEM)) {
        return call.prompt();
      }
      return instructions.get().text().strip() + "\n\n" + call.prompt();
    }

    CommandLine build() {
      preset.call().argv().forEach(word -> argv.add(withPrompt(word)));
      var options =
          preset.call().options().keySet().stream().sorted(Comparator.naturalOrder()).toList();
      options.forEach(this::addOption);
      preset.call().tail().forEach(word -> argv.add(withPrompt(word)));
      if (preset.call().prompt() == PromptChannel.ARG && !mentions("{prompt}")) {
        argv.add(prompt);
      }
      var input = preset.call().prompt() == PromptChannel.STDIN ? prompt : "";
      return new CommandLine(argv, input, files, kept);
    }

    private void addOption(PresetOption option) {
      findValue(option)
          .ifPresent(value -> {
            var words = preset.call().options().getOrDefault(option, List.of());
            addAll(words, word -> fill(option, word, value));
          });
    }

    private void addAll(List<String> words, UnaryOperator<String> fill) {
      words.stream().map(fill).forEach(argv::add);
    }

    private Optional<String> findValue(PresetOption option) {
      var wishes = call.wishes();
      var limits = call.limits();
      return switch (option) {
        case MODEL -> wishes.model().or(preset.words()::model).map(preset::modelNamed);
        case SYSTEM -> wishes.instructions().map(Instructions::text);
        case THINKING -> wishes.thinking().map(this::thinking).filter(level -> !level.isEmpty());
        case TOOLS ->
            wishes.tools().isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(",", preset.toolsNamed(wishes.tools())));
        case MAX_TURNS ->
            limits.turns().isPresent()
                ? Optional.of(String.valueOf(limits.turns().getAsInt()))
                : Optional.empty();
        case BUDGET ->
            limits.usd().isPresent()
                ? Optional.of(plain(limits.usd().getAsDouble()))
                : Optional.empty();
        case RESUME -> wishes.session();
      };
    }

    private String thinking(String level) {
      return preset.words().thinking().getOrDefault(level, level);
    }

    private static String plain(double usd) {
      return BigDecimal.valueOf(usd).stripTrailingZeros().toPlainString();
    }

    private String fill(PresetOption option, String word, String value) {
      if (option == PresetOption.SYSTEM && word.contains("{system_file}")) {
        return word.replace("{system_file}", keep(systemFile(), value));
      }
      return word.replace(option.placeholder(), value);
    }

    private String systemFile() {
      var role = call.wishes().instructions().map(Instructions::name).orElse("system");
      return "prompt-" + role.replaceAll("[^A-Za-z0-9_-]", "_") + ".md";
    }

    private String withPrompt(String word) {
      return switch (preset.call().prompt()) {
        case STDIN -> word;
        case ARG -> word.replace("{prompt}", prompt);
        case FILE ->
            word.contains("{prompt_file}")
                ? word.replace("{prompt_file}", write("prompt.md", prompt))
                : word;
      };
    }

    private boolean mentions(String placeholder) {
      return preset.call().argv().stream().anyMatch(word -> word.contains(placeholder))
          || preset.call().tail().stream().anyMatch(word -> word.contains(placeholder));
    }

    private String keep(String name, String text) {
      var file = PromptFolder.place(scratch.resolveSibling(".").normalize(), name, text);
      kept.put(file, text);
      return file.toString();
    }

    private String write(String name, String text) {
      var file = scratch.resolve(name);
      files.put(file, text);
      return file.toString();
    }
  }
}
