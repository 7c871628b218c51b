package adw.cli.command;

import adw.cli.project.Project;
import adw.os.TextFile;
import adw.os.process.ProgramPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Something that `adw init` saw in the repository and that would make its runs work better.
///
/// @param what a line for a file, ready to be copied
record InitProposal(String what, String why) {
  /// What makes a fresh worktree usable, by the file that says so; the first that is there counts.
  private static final List<Map.Entry<String, String>> SET_UP =
      List.of(
          Map.entry("pnpm-lock.yaml", "pnpm install --frozen-lockfile --prefer-offline"),
          Map.entry("yarn.lock", "yarn install --frozen-lockfile"),
          Map.entry("package-lock.json", "npm ci --prefer-offline"),
          Map.entry("uv.lock", "uv sync"),
          Map.entry("poetry.lock", "poetry install"),
          Map.entry(
              "requirements.txt",
              "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt"),
          Map.entry("Gemfile.lock", "bundle install"),
          Map.entry("composer.lock", "composer install"));

  private static final List<String> WALKERS =
      List.of("package.json", "pyproject.toml", "Cargo.toml");

  static List<InitProposal> of(Project project, Map<String, String> environment)
      throws IOException {
    var found = new ArrayList<InitProposal>();
    setUp(project).ifPresent(found::add);
    folder(project).ifPresent(found::add);
    include(project).ifPresent(found::add);
    agent(project, environment).ifPresent(found::add);
    return found;
  }

  private static Optional<InitProposal> setUp(Project project) {
    if (!project.settings().loop().worktrees().setUp().isEmpty()) {
      return Optional.empty();
    }
    return SET_UP.stream()
        .filter(line -> Files.exists(project.root().resolve(line.getKey())))
        .findFirst()
        .map(line ->
            new InitProposal(
                "[worktree] setup = [\"" + line.getValue() + "\"] in adw.toml",
                "a fresh worktree has none of what " + line.getKey() + " names"));
  }

  private static Optional<InitProposal> folder(Project project) {
    if (!project.trees().startsWith(project.root())) {
      return Optional.empty();
    }
    return WALKERS.stream()
        .filter(name -> Files.exists(project.root().resolve(name)))
        .findFirst()
        .map(name ->
            new InitProposal(
                "[worktree] dir = \"../{repo}.trees\" in adw.toml",
                "tools that read "
                    + name
                    + " would walk into the worktrees in "
                    + project.settings().loop().worktrees().dir()
                    + "/"));
  }

  /// Files with secrets and addresses are ignored by git, so a worktree would lack them.
  private static Optional<InitProposal> include(Project project) throws IOException {
    if (Files.exists(project.root().resolve(".worktreeinclude"))) {
      return Optional.empty();
    }
    var names = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(project.root(), ".env*")) {
      for (var file : files) {
        var name = String.valueOf(file.getFileName());
        if (Files.isRegularFile(file)
            && !name.endsWith(".example")
            && !name.endsWith(".sample")
            && isIgnored(project.root(), name)) {
          names.add(name);
        }
      }
    }
    names.sort(null);
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new InitProposal(
                "a file .worktreeinclude with the line"
                    + (names.size() > 1 ? "s " : " ")
                    + String.join(", ", names),
                "git ignores "
                    + String.join(", ", names)
                    + ", so a worktree has it only if it is copied"));
  }

  /// A hint, not a judgement: whoever copies the proposal reads it.
  private static boolean isIgnored(Path root, String name) throws IOException {
    var file = root.resolve(".gitignore");
    return Files.exists(file)
        && TextFile.readAny(file)
            .lines()
            .map(line -> line.strip().replaceFirst("^/", ""))
            .anyMatch(line ->
                line.equals(name)
                    || (line.endsWith("*")
                        && !line.equals("*")
                        && name.startsWith(line.substring(0, line.length() - 1))));
  }

  private static Optional<InitProposal> agent(Project project, Map<String, String> environment) {
    var isSet =
        project.settings().agents().values().stream().anyMatch(agent -> !agent.argv().isEmpty());
    if (isSet) {
      return Optional.empty();
    }
    return Optional.of(
        new InitProposal(
            "[agents.mine] argv = [\"" + known(environment) + "\", …] in adw.toml",
            "tasks without #sh need a program that takes the prompt on standard input and edits"
                + " files"));
  }

  private static String known(Map<String, String> environment) {
    return List.of("claude", "codex", "gemini", "opencode", "pi").stream()
        .filter(name -> ProgramPath.find(name, environment).isPresent())
        .findFirst()
        .orElse("program");
  }
}
