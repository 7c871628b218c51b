package adw.daemon;

import adw.git.BaseBranch;
import adw.os.DurableFiles;
import adw.os.NewFolders;
import adw.os.TextFile;
import adw.run.StateFolder;
import adw.task.readiness.Decision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What verify said of base commits: a file each in `STATE/verified`, named after the commit and
/// the lines that were run.
final class BaseVerdicts {
  private static final String OK = "ok\n";
  private static final String RED = "red: ";

  private final Path folder;
  private final String lines;

  BaseVerdicts(StateFolder state, List<String> verify) {
    this.folder = folder(state);
    this.lines = Integer.toHexString(verify.hashCode());
  }

  private static Path folder(StateFolder state) {
    return state.root().resolve("verified");
  }

  sealed interface Verdict {
    record Green() implements Verdict {}

    record Red(String reason) implements Verdict {}

    /// Why nothing may start on it.
    default Optional<Decision.Held> hold(BaseBranch base) {
      return switch (this) {
        case Green() -> Optional.empty();
        case Red(var reason) ->
            Optional.of(
                new Decision.Held(
                    base.name() + ": " + reason, "mend the base, or try again: adw resume"));
      };
    }
  }

  /// Empty if it was not verified yet, or if that cannot be read any more.
  Optional<Verdict> find(BaseBranch base) throws IOException {
    try {
      return parse(TextFile.readAny(file(base)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<Verdict> parse(String text) {
    if (text.equals(OK)) {
      return Optional.of(new Verdict.Green());
    }
    return text.startsWith(RED) && text.endsWith("\n")
        ? Optional.of(new Verdict.Red(text.substring(RED.length()).strip()))
        : Optional.empty();
  }

  void write(BaseBranch base, Verdict verdict) throws IOException {
    var text =
        switch (verdict) {
          case Verdict.Green() -> OK;
          case Verdict.Red(var reason) -> RED + reason + "\n";
        };
    NewFolders.make(folder);
    DurableFiles.replace(file(base), text.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(BaseBranch base) {
    return folder.resolve(base.commit() + "-" + lines);
  }

  /// Red verdicts are forgotten, so that the next look verifies again.
  static boolean forgetRed(StateFolder state) throws IOException {
    if (!Files.isDirectory(folder(state))) {
      return false;
    }
    var wasRed = false;
    try (var verdicts = Files.newDirectoryStream(folder(state))) {
      for (var verdict : verdicts) {
        if (!TextFile.readAny(verdict).equals(OK)) {
          wasRed |= Files.deleteIfExists(verdict);
        }
      }
    }
    return wasRed;
  }
}
