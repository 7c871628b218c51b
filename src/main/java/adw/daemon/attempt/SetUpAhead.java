package adw.daemon.attempt;

import adw.daemon.context.DaemonSettings;
import adw.workflow.RunEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/// Whether set-up can run before there is a task: not if it wants to know something of the task.
public final class SetUpAhead {
  private static final long LARGEST_SCRIPT = 256 << 10;

  private SetUpAhead() {}

  /// What lies between a worktree that is ready and set-up in it.
  public enum Hindrance {
    CHECKOUT_HOOK("a post-checkout hook comes before it"),
    SANDBOX("its sandbox holds the branch of a run");

    private final String words;

    Hindrance(String words) {
      this.words = words;
    }
  }

  /// Why set-up waits for the run; empty if it does not.
  ///
  /// @param checkout where the scripts are that its lines name
  public static Optional<String> findObstacle(
      DaemonSettings.Worktrees settings, Path checkout, Optional<Hindrance> hindrance)
      throws IOException {
    if (!settings.ahead().setUp()) {
      return Optional.of("setup_ahead = false");
    }
    for (var line : settings.setUp()) {
      var variable = findOfTask(line, checkout);
      if (variable.isPresent()) {
        return variable.map(name -> "it uses $" + name + ", which only a task has");
      }
    }
    return hindrance.map(one -> one.words);
  }

  private static Optional<String> findOfTask(String line, Path checkout) throws IOException {
    var own = RunEnvironment.findOfTask(line);
    if (own.isPresent()) {
      return own;
    }
    for (var word : line.split("[\\s'\"`;|&()<>]+")) {
      var within = findScript(word, checkout);
      var used =
          within.isPresent() ? RunEnvironment.findOfTask(within.get()) : Optional.<String>empty();
      if (used.isPresent()) {
        return used;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> findScript(String word, Path checkout) throws IOException {
    try {
      var file = checkout.resolve(word);
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              && Files.size(file) <= LARGEST_SCRIPT
          ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          : Optional.empty();
    } catch (InvalidPathException noFile) {
      return Optional.empty();
    }
  }
}
