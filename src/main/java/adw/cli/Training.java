package adw.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;

/// What the start-up cache learns from: the launcher runs this once per build. Each command of a
/// short working day is run in a throw-away folder, so that its classes come ready from the cache.
final class Training {
  private final Path folder;

  private Training(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException {
    new Training(Path.of(args[0])).run();
  }

  private void run() throws IOException {
    Files.createDirectories(folder);
    adw("--version");
    adw("--help");
    adw("run", "--help");
    adw("no-such-command");
  }

  /// How it ends does not matter here: a cache that knows less is still a cache.
  private void adw(String... args) {
    var own = Caller.ofProcess();
    var caller =
        new Caller(
            folder,
            own.environment(),
            InputStream.nullInputStream(),
            own.out(),
            own.err(),
            Caller.Screen.NONE,
            Clock.systemUTC(),
            ZoneOffset.UTC);
    var code = Main.run(caller, args);
    own.out().println("adw " + String.join(" ", args) + ": " + code);
    own.out().flush();
  }
}
