package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.git.Repository;
import adw.git.TreeDifference;
import adw.git.content.PathPatterns;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/// The files that set-up reads: if one of them changes, what it has made is out of date.
final class SetUpInputs {
  /// What package managers read.
  private static final List<String> USUAL =
      List.of(
          "package.json",
          "package-lock.json",
          "npm-shrinkwrap.json",
          "yarn.lock",
          "pnpm-lock.yaml",
          "pnpm-workspace.yaml",
          "bun.lock",
          "bun.lockb",
          "deno.json",
          "deno.lock",
          ".npmrc",
          ".yarnrc.yml",
          ".nvmrc",
          ".node-version",
          "pyproject.toml",
          "requirements*.txt",
          "constraints*.txt",
          "setup.py",
          "setup.cfg",
          "poetry.lock",
          "uv.lock",
          "pdm.lock",
          "pixi.lock",
          "Pipfile",
          "Pipfile.lock",
          "environment.yml",
          ".python-version",
          "Cargo.toml",
          "Cargo.lock",
          "rust-toolchain*",
          "go.mod",
          "go.sum",
          "go.work",
          "Gemfile",
          "Gemfile.lock",
          "*.gemspec",
          ".ruby-version",
          "composer.json",
          "composer.lock",
          "mix.exs",
          "mix.lock",
          "pom.xml",
          "*.gradle",
          "*.gradle.kts",
          "gradle.lockfile",
          "gradle.properties",
          "libs.versions.toml",
          "build.sbt",
          "*.csproj",
          "*.fsproj",
          "Directory.*.props",
          "packages.lock.json",
          "global.json",
          "Package.swift",
          "Package.resolved",
          "Podfile",
          "Podfile.lock",
          "pubspec.yaml",
          "pubspec.lock",
          "flake.nix",
          "flake.lock",
          "conanfile.*",
          "vcpkg.json",
          "Makefile",
          "justfile",
          "Taskfile.yml",
          "mise.toml",
          ".tool-versions",
          ".gitmodules");

  private final Repository repository;
  private final PathPatterns patterns;
  private final List<String> lines;

  private SetUpInputs(Repository repository, PathPatterns patterns, List<String> lines) {
    this.repository = repository;
    this.patterns = patterns;
    this.lines = lines;
  }

  static SetUpInputs of(DaemonContext context) throws IOException {
    var settings = context.settings().worktrees();
    var named = settings.ahead().inputs();
    var patterns = PathPatterns.of(named.isEmpty() ? USUAL : named);
    return new SetUpInputs(context.repository(), patterns, settings.setUp());
  }

  /// Between two commits.
  boolean haveChanged(String from, String to) throws IOException {
    return !from.equals(to)
        && isAnyIn(repository.changes(from, to).stream().map(TreeDifference::path).toList());
  }

  boolean isAnyIn(Collection<String> paths) {
    return paths.stream().anyMatch(this::isOne);
  }

  /// A script of the repository that a line of set-up names is one too.
  private boolean isOne(String path) {
    return patterns.matches(path) || lines.stream().anyMatch(line -> line.contains(path));
  }
}
