package adw.cli;

import java.util.ArrayList;
import java.util.List;

/// The commands by group, as `adw --help` shows them; known without picocli, which costs more to
/// start than the page does to print.
record Verbs(String group, List<Verbs.Line> lines) {
  record Line(String name, String says) {}

  static final List<Verbs> ALL =
      List.of(
          new Verbs(
              "",
              List.of(
                  new Line("init", "make a tasks.md here, and keep it out of git's sight"),
                  new Line("status", "what runs, what waits, what needs you"),
                  new Line("doctor", "what this machine and repository lack"))),
          new Verbs(
              "more",
              List.of(
                  new Line("tasks", "every task with its state"),
                  new Line("show", "one run: what it was asked, did and said"),
                  new Line("logs", "a run's output, live with -f"),
                  new Line("pause", "start nothing new"),
                  new Line("resume", "go on after a pause"),
                  new Line("check", "settings, task file and workflows, all findings at once"),
                  new Line("completion", "tab completion for bash, zsh or fish"))));

  static List<String> names() {
    var names = new ArrayList<String>();
    for (var group : ALL) {
      for (var line : group.lines) {
        names.add(line.name);
      }
    }
    return names;
  }

  /// The page of `adw --help`.
  static String page() {
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
