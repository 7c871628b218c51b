package adw.cli.settings;

import adw.agent.program.OutputFormat;
import adw.agent.program.PresetNames;
import adw.agent.program.PromptChannel;
import adw.git.config.BranchName;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What values must be beyond their type. Each method says what is wrong with one, or nothing.
final class SettingsRules {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w*)}");
  private static final Set<String> OF_BRANCHES = Set.of("id", "slug", "name");

  private static final Path ANY_REPOSITORY = Path.of("/any/repo");

  private SettingsRules() {}

  /// Worktrees lie beside git's own files and beside the repository's, never among git's and never
  /// around all of it.
  static Optional<String> findFaultOfFolder(String dir) {
    if (hasGitFolder(Path.of(dir))) {
      return Optional.of("lies among git's own files (try \"trees\")");
    }
    var place = ANY_REPOSITORY.resolve(dir.replace("{repo}", "repo")).normalize();
    if (ANY_REPOSITORY.startsWith(place)) {
      return Optional.of("holds the repository itself (try \"trees\")");
    }
    return Optional.empty();
  }

  static Optional<String> findFaultOfTaskFile(String tasks) {
    return hasGitFolder(Path.of(tasks))
        ? Optional.of("lies among git's own files (try \"tasks.md\")")
        : Optional.empty();
  }

  /// In any case: some file systems see no other.
  private static boolean hasGitFolder(Path path) {
    for (var part : path) {
      if (part.toString().equalsIgnoreCase(".git")) {
        return true;
      }
    }
    return false;
  }

  static Optional<String> findFaultOfBranch(String pattern) {
    if (!pattern.contains("{id}")) {
      return Optional.of("without {id} two runs would share a branch (try \"task-{id}\")");
    }
    var unknown =
        PLACEHOLDER
            .matcher(pattern)
            .results()
            .map(found -> found.group(1))
            .filter(name -> !OF_BRANCHES.contains(name))
            .findFirst();
    if (unknown.isPresent()) {
      return Optional.of(
          "{" + unknown.get() + "} stands for nothing (there are {id} {slug} {name})");
    }
    return BranchName.isValid(PLACEHOLDER.matcher(pattern).replaceAll("x"))
        ? Optional.empty()
        : Optional.of("git takes no such name for a branch (try \"task-{id}\")");
  }

  static Optional<String> findFaultOfWebhook(String address) {
    try {
      var uri = new URI(address);
      var isWeb =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return isWeb && uri.getHost() != null
          ? Optional.empty()
          : Optional.of("expected an address such as \"https://host/path\"");
    } catch (URISyntaxException e) {
      return Optional.of("is no address: " + e.getReason());
    }
  }

  static Optional<String> findFaultOfCommand(List<String> words) {
    return words.isEmpty() || !words.getFirst().isBlank()
        ? Optional.empty()
        : Optional.of("the first word names no program");
  }

  /// @param earlier names of the tables `[agents.…]` above this one
  static Optional<String> findFaultOfPreset(String preset, Set<String> earlier) {
    return earlier.contains(preset)
        ? Optional.empty()
        : findFaultOfWord(preset, PresetNames.BUILT_IN.stream());
  }

  static Optional<String> findFaultOfOutput(String word) {
    return findFaultOfWord(word, Arrays.stream(OutputFormat.values()).map(OutputFormat::word));
  }

  static Optional<String> findFaultOfPrompt(String word) {
    return findFaultOfWord(word, Arrays.stream(PromptChannel.values()).map(PromptChannel::word));
  }

  private static Optional<String> findFaultOfWord(String word, Stream<String> known) {
    var words = known.toList();
    return words.contains(word)
        ? Optional.empty()
        : Optional.of("expected one of " + String.join(", ", words));
  }
}
