package adw.git.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.os.process.Command;
import adw.os.process.CommandResult;
import adw.os.process.ExitStatus;
import adw.os.process.ProgramEnclosure;
import adw.os.process.ProgramPath;
import adw.text.Durations;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The `git` program of this machine, called without anything that would point it elsewhere, ask a
/// question, or start a clean-up of objects.
public final class GitProgram {
  // A checkout with filters of a large repository, and hooks that build.
  static final Duration LIMIT = Duration.ofMinutes(30);

  /// What only reads a few small files.
  private static final Duration QUICK = Duration.ofSeconds(30);

  private final Path executable;
  private final Map<String, String> environment;
  private final ProgramEnclosure enclosure;

  private GitProgram(Path executable, Map<String, String> environment, ProgramEnclosure enclosure) {
    this.executable = executable;
    this.environment = environment;
    this.enclosure = enclosure;
  }

  /// The same where an agent may have worked.
  public GitProgram within(ProgramEnclosure bounds) {
    return new GitProgram(executable, environment, bounds);
  }

  public static Optional<GitProgram> find(GitEnvironment world) {
    return ProgramPath.find("git", world.environment())
        .map(file -> new GitProgram(file, environment(world), ProgramEnclosure.open()));
  }

  /// The environment for git and for its hooks.
  public static Map<String, String> environment(GitEnvironment world) {
    var environment = new TreeMap<>(world.environment());
    environment.keySet().removeAll(GitEnvironment.FOREIGN);
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_EDITOR", "true");
    environment.put("GIT_OPTIONAL_LOCKS", "0");
    return Map.copyOf(environment);
  }

  /// What git wrote; a git that says no is a surprise.
  public String ask(Path folder, String... arguments) throws IOException, InterruptedException {
    return ask(new Call(folder, List.of(arguments)));
  }

  public String ask(Call call) throws IOException, InterruptedException {
    var answer = call(call);
    if (!answer.isOk()) {
      throw new GitException("git " + call.verb() + ": " + answer.reason());
    }
    return answer.out();
  }

  /// What git wrote about a repository or worktree, as bytes: settings may be in any encoding. Told
  /// where it is, git need not find it, nor ask whose it is.
  public byte[] read(RepositoryPaths place, String... arguments) throws IOException {
    var finished = runAt(place, arguments);
    if (!finished.succeeded()) {
      throw new GitException("git " + arguments[0] + ": " + quickAnswer(finished).reason());
    }
    return finished.out();
  }

  /// The same where git may have no answer.
  Optional<byte[]> tryRead(RepositoryPaths place, String... arguments) throws IOException {
    var finished = runAt(place, arguments);
    return finished.succeeded() ? Optional.of(finished.out()) : Optional.empty();
  }

  /// git's answer where it finds the repository by itself.
  public Answer callQuickly(Path folder, String... arguments) throws IOException {
    return quickAnswer(runQuickly(new Call(folder, List.of(arguments))));
  }

  private CommandResult runAt(RepositoryPaths place, String... arguments) throws IOException {
    return runQuickly(
        new Call(place.commonDir(), List.of(arguments)).with("GIT_DIR", place.gitDir().toString()));
  }

  /// For calls that start no program of a repository's.
  private CommandResult runQuickly(Call call) throws IOException {
    try {
      return new Command(argv(call), call.folder, variables(call), QUICK).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while git was asked").initCause(e);
    }
  }

  private static Answer quickAnswer(CommandResult finished) {
    var code = finished.status() instanceof ExitStatus.Exited(var exit) ? exit : -1;
    return new Answer(code, finished.outText(), finished.errText(), Optional.empty());
  }

  public Answer call(Call call) throws IOException, InterruptedException {
    var variables = variables(call);
    try (var trace = ChildTrace.open()) {
      trace.addTo(variables);
      return answer(run(call, variables), call, trace);
    }
  }

  private CommandResult run(Call call, Map<String, String> variables)
      throws IOException, InterruptedException {
    var wrapped = enclosure.wrap(argv(call), call.folder, variables);
    try {
      return new Command(wrapped, call.folder, variables, call.limit, call.input.getBytes(UTF_8))
          .run();
    } finally {
      enclosure.settle(call.folder, variables);
    }
  }

  private List<String> argv(Call call) {
    var argv =
        new ArrayList<>(
            List.of(executable.toString(), "-c", "gc.auto=0", "-c", "maintenance.auto=false"));
    argv.addAll(call.arguments);
    return argv;
  }

  private Map<String, String> variables(Call call) {
    var variables = new TreeMap<>(environment);
    // A folder that has lost its .git is no part of the repository around it.
    variables.put("GIT_CEILING_DIRECTORIES", call.folder.resolve("..").normalize().toString());
    variables.putAll(call.variables);
    return variables;
  }

  private static Answer answer(CommandResult finished, Call call, ChildTrace trace)
      throws IOException {
    return switch (finished.status()) {
      case ExitStatus.Exited(var code) -> {
        var failed = code == 0 ? Optional.<String>empty() : trace.findFailed();
        yield new Answer(code, finished.outText(), finished.errText(), failed);
      }
      case ExitStatus.TimedOut(var limit) ->
          new Answer(-1, "", "fatal: no end after " + Durations.typed(limit), Optional.empty());
      case ExitStatus.Stopped() ->
          throw new GitException("git " + call.verb() + ": was ended with its run");
    };
  }

  public record Call(
      Path folder,
      List<String> arguments,
      Map<String, String> variables,
      String input,
      Duration limit) {
    public Call(Path folder, List<String> arguments) {
      this(folder, arguments, Map.of(), "", LIMIT);
    }

    /// `status`, after all `-c name=value`.
    public String verb() {
      var at = 0;
      while (arguments.get(at).equals("-c")) {
        at += 2;
      }
      return arguments.get(at);
    }

    public Call with(String variable, String value) {
      var more = new TreeMap<>(variables);
      more.put(variable, value);
      return new Call(folder, arguments, more, input, limit);
    }

    public Call withInput(String text) {
      return new Call(folder, arguments, variables, text, limit);
    }

    public Call within(Duration time) {
      return new Call(folder, arguments, variables, input, time);
    }
  }

  /// @param failed the hook or filter that failed
  public record Answer(int code, String out, String err, Optional<String> failed) {
    public boolean isOk() {
      return code == 0;
    }

    /// Whether somebody, or the system for want of memory, has killed git alone.
    public boolean isKilled() {
      return code > 0 && new ExitStatus.Exited(code).isKilled();
    }

    /// What a hook or filter that failed first said of it, and who it was; else git's own word.
    public String reason() {
      return failed.map(this::reason).orElseGet(this::ownReason);
    }

    private String reason(String who) {
      var line = FirstTrueLine.find(err.isBlank() ? out : err).orElse("exit code " + code);
      return who.endsWith(" hook") || !("filter " + line).startsWith(who)
          ? who + ": " + line
          : "filter " + line;
    }

    /// What tells most: git's own word of error, else the last line. A line that ends in ":" goes
    /// on.
    private String ownReason() {
      var lines = (err.isBlank() ? out : err).lines().filter(line -> !line.isBlank()).toList();
      if (lines.isEmpty()) {
        return "exit code " + code;
      }
      for (var i = 0; i < lines.size(); i++) {
        if (lines.get(i).startsWith("fatal: ") || lines.get(i).startsWith("error: ")) {
          var more = lines.get(i).endsWith(":") && i + 1 < lines.size();
          var rest = more ? " " + lines.get(i + 1).strip() : "";
          return lines.get(i).substring("fatal: ".length()).strip() + rest;
        }
      }
      return lines.getLast().strip();
    }
  }
}
