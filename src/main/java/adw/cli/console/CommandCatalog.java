package adw.cli.console;

import java.util.ArrayList;
import java.util.List;

/// The commands by group, as `adw --help` shows them, and how each starts. `CommandTree`,
/// `FastPath` and completion read them here; a test compares `.mvn/jvm.sh`. Known without picocli,
/// which costs more to start than the page does to print.
public record CommandCatalog(String group, List<CommandCatalog.Line> lines) {
  public record Line(String name, Start start, String says) {
    Line(String name, String says) {
      this(name, Start.WORK, says);
    }
  }

  /// What a command is started with. QUICK: a small cache of classes, for what `FastPath` reads
  /// without picocli and must answer at once. WORK: a large one.
  public enum Start {
    QUICK,
    WORK
  }

  /// The commands below `flow`, in the order of its help. `FastPath` reads `run` and `exec`.
  public static final List<String> FLOW =
      List.of(
          "list",
          "show",
          "verify",
          "run",
          "runs",
          "resume",
          "save",
          "init",
          "graph",
          "schema",
          "cache-clear",
          "exec");

  public static final List<CommandCatalog> ALL =
      List.of(
          new CommandCatalog(
              "",
              List.of(
                  new Line("init", "make a tasks.md here, and keep it out of git's sight"),
                  new Line("run", "work through the tasks until stopped"),
                  new Line("status", Start.QUICK, "what runs, what waits, what needs you"),
                  new Line("add", "append a task"),
                  new Line("stop", "end every run now and keep all work"),
                  new Line("doctor", "what this machine and repository lack"))),
          new CommandCatalog(
              "more",
              List.of(
                  new Line("tasks", Start.QUICK, "every task with its state"),
                  new Line("show", "one run: what it was asked, did and said"),
                  new Line("logs", "a run's output, live with -f"),
                  new Line("open", "a run's worktree, or its agent's session, for work by hand"),
                  new Line("cancel", "end one run and keep its work"),
                  new Line("retry", "run a task again from the start"),
                  new Line("answer", "go on with a run that asks"),
                  new Line("approve", "let a task that asks for it go on"),
                  new Line("reject", "say no to it"),
                  new Line("pause", "start nothing new"),
                  new Line("resume", "go on after a pause"),
                  new Line("check", "settings, task file and workflows, all findings at once"),
                  new Line("clean", "remove worktrees of merged and discarded runs"),
                  new Line("undo", "take back the last clean or discard"),
                  new Line("reset", "throw away all runs of this file and forget them"),
                  new Line("archive", "move merged and cancelled lines to tasks.done.md"),
                  new Line("demo", "a throw-away repository worked before your eyes"),
                  new Line("completion", "tab completion for bash, zsh or fish"))),
          new CommandCatalog(
              "flows",
              List.of(
                  new Line("flow", "graphs of work: list, run, verify, show, resume and more"),
                  new Line("agents", "which agent programs there are, and whether they can work"),
                  new Line("budget", "what was spent today, and +20 to allow more"),
                  new Line("mcp", "serve agents over the Model Context Protocol"))));

  public static List<String> names() {
    var names = new ArrayList<String>();
    for (var group : ALL) {
      for (var line : group.lines) {
        names.add(line.name);
      }
    }
    return names;
  }

  /// Whether it is a command that starts so.
  public static boolean isQuick(String name) {
    for (var group : ALL) {
      for (var line : group.lines) {
        if (line.start == Start.QUICK && line.name.equals(name)) {
          return true;
        }
      }
    }
    return false;
  }

  /// The page of `adw --help`.
  public static String page() {
    var page = new StringBuilder();
    page.append(
        "adw works through tasks.md: each task in a git worktree and on a branch of its own\n\n");
    page.append("usage: adw [-C DIR] [-q|-v] [--color auto|always|never] COMMAND …\n");
    for (var group : ALL) {
      page.append('\n');
      if (!group.group.isEmpty()) {
        page.append(group.group).append(":\n");
      }
      for (var line : group.lines) {
        page.append("  ").append(line.name);
        page.repeat(' ', 12 - line.name.length()).append(line.says).append('\n');
      }
    }
    page.append(
        "\nadw COMMAND --help says more of one; adw demo shows all of it in twenty seconds\n");
    return page.toString();
  }
}
