package adw.cli;

import adw.cli.console.Caller;
import adw.cli.console.Console;
import adw.cli.console.GlobalOptions;
import adw.cli.project.SelfCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/// `adw` as a test calls it: in this process, in a folder of its own, with a home of its own.
public final class AdwProgram {
  public record Ended(int code, String out, String err) {}

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private InstantSource clock = InstantSource.system();
  private Caller.Screen screen = Caller.Screen.NONE;
  private String typed = "";

  private AdwProgram(Path folder) {
    this.folder = folder;
  }

  public static AdwProgram in(Path folder) throws IOException {
    var program = new AdwProgram(folder);
    var home = Files.createDirectories(folder.resolveSibling(folder.getFileName() + ".home"));
    program.environment.put("HOME", home.toString());
    program.environment.put("XDG_CONFIG_HOME", home.resolve(".config").toString());
    program.environment.put("GIT_CONFIG_NOSYSTEM", "1");
    program.environment.put("GIT_CONFIG_GLOBAL", home.resolve(".gitconfig").toString());
    program.environment.put("PATH", System.getenv("PATH"));
    program.environment.put("LC_ALL", "C.UTF-8");
    program.environment.put("TZ", "UTC");
    Files.writeString(
        home.resolve(".gitconfig"),
        "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n");
    return program;
  }

  public AdwProgram at(Instant time) {
    clock = InstantSource.fixed(time);
    return this;
  }

  public AdwProgram with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /// In a terminal of that many columns, in which somebody types.
  public AdwProgram inTerminal(int columns, String text) {
    screen = new Caller.Screen(true, true, true, columns, 24);
    typed = text;
    return this;
  }

  public Path folder() {
    return folder;
  }

  public Ended run(String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var code = Main.run(caller(out, err), args);
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// For what a command uses; what it prints is lost.
  public Console console() {
    var nowhere = new ByteArrayOutputStream();
    return new Console(
        caller(nowhere, nowhere),
        new GlobalOptions("", GlobalOptions.Color.NEVER, GlobalOptions.Noise.NORMAL));
  }

  private Caller caller(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Caller(
        folder,
        environment,
        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        screen,
        clock,
        () -> ZoneOffset.UTC);
  }

  /// The same as a process of its own; what it prints goes to files beside this folder.
  public Process start(String... args) throws IOException {
    var builder = new ProcessBuilder(SelfCommand.argv(args)).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    var name = folder.getFileName() + "." + System.nanoTime();
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
        .redirectOutput(folder.resolveSibling(name + ".out").toFile())
        .redirectError(folder.resolveSibling(name + ".err").toFile())
        .start();
  }

  /// A real `git` in this folder; fails the test if it fails.
  public String git(String... args) throws IOException, InterruptedException {
    var argv = new String[args.length + 1];
    argv[0] = "git";
    System.arraycopy(args, 0, argv, 1, args.length);
    return exec(argv);
  }

  public String exec(String... argv) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(argv).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", argv) + ": " + text);
    }
    return text;
  }

  public AdwProgram write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /// With settings that suit a test and one agent: this shell script, which speaks pi-json.
  /// `$CALLS` is a file beside the folder in which it may write down how it was called.
  ///
  /// @param more what else stands in the agent's table
  public AdwProgram agent(String name, String script, String more) throws IOException {
    var agent = Files.writeString(folder.resolveSibling("agent.sh"), script);
    if (!agent.toFile().setExecutable(true)) {
      throw new IOException(agent + ": cannot be made executable");
    }
    return with("CALLS", folder.resolveSibling("calls").toString())
        .write(
            "adw.toml",
            """
            [trigger]
            settle = "0s"
            [worktree]
            fetch = false
            min_free = "1MB"
            [agents.%s]
            argv = ["%s"]
            output = "pi-json"
            %s\
            """
                .formatted(name, agent, more));
  }

  public String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  /// Makes the folder a repository with one commit.
  public AdwProgram repository() throws IOException, InterruptedException {
    git("init", "-q");
    write("README.md", "# sample\n");
    git("add", "README.md");
    git("commit", "-qm", "first");
    return this;
  }
}
