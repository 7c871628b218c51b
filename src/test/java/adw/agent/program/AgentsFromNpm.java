package adw.agent.program;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Where the real programs are: in the folder of the system property `agents`
/// (`<name>/node_modules/.bin`), else `../agents-bin`, else `target/agents`, into which those that
/// a test needs are installed from npm at the versions it was written with.
public final class AgentsFromNpm {
  private static final Map<String, String> PACKAGES =
      Map.of("claude", "@anthropic-ai/claude-code@2.1.330", "codex", "@openai/codex@0.169.0");

  private AgentsFromNpm() {}

  /// A PATH on which the program is; the test is left out, and says so, where it cannot be had.
  public static String path(String name) throws IOException, InterruptedException {
    for (var folder :
        new String[] {System.getProperty("agents", "../agents-bin"), "target/agents"}) {
      var bin = Path.of(folder, name, "node_modules/.bin").toAbsolutePath().normalize();
      if (Files.isExecutable(bin.resolve(name))) {
        return bin + ":" + System.getenv("PATH");
      }
    }
    return install(name) + ":" + System.getenv("PATH");
  }

  private static synchronized Path install(String name) throws IOException, InterruptedException {
    var folder = Path.of("target/agents", name).toAbsolutePath();
    var bin = folder.resolve("node_modules/.bin");
    if (!PACKAGES.containsKey(name)) {
      return abort(name + " is not installed: NOT TESTED");
    }
    if (Files.isExecutable(bin.resolve(name))) {
      return bin;
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("package.json"), "{\"private\":true}\n");
    var npm =
        new ProcessBuilder(
                "npm",
                "install",
                "--prefix",
                folder.toString(),
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
                PACKAGES.get(name))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("npm.log").toFile())
            .start();
    var isDone = npm.waitFor(5, TimeUnit.MINUTES) && npm.exitValue() == 0;
    npm.destroyForcibly();
    return isDone && Files.isExecutable(bin.resolve(name))
        ? bin
        : abort(name + " could not be installed from npm: NOT TESTED (" + folder + "/npm.log)");
  }
}
