package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.config.GitEnvironment;
import adw.os.FileTrees;
import adw.os.process.Command;
import adw.os.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// What `bench/worktrees` runs: each thing done by git and by us in turn, the order changing, in
/// one process that is warm after the first rounds.
final class WorktreeBench {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int TASKS = 200;
  private static final int AT_ONCE = 5;
  private static final int AWAY = 20;
  private static final Bar SAME_BASE = new Bar.Millis(10);
  private static final Bar AWAY_BASE = new Bar.Part(0.35);

  private final Path place;
  private final Path top;
  private final Map<String, String> environment;
  private final Map<String, Row> rows = new LinkedHashMap<>();

  /// What we may need: a part of git's time, or so many milliseconds.
  private sealed interface Bar {
    record Part(double ofGit) implements Bar {}

    record Millis(double most) implements Bar {}
  }

  private static final class Row {
    private final Bar bar;
    private final List<Double> git = new ArrayList<>();
    private final List<Double> own = new ArrayList<>();

    Row(Bar bar) {
      this.bar = bar;
    }

    String format(String what) {
      var ratio = median(own) / median(git);
      var limit =
          switch (bar) {
            case Bar.Part(var most) -> "%.2f".formatted(most);
            case Bar.Millis(var most) -> "%.0f ms".formatted(most);
          };
      return "| %-44s | %9.1f | %9.1f | %5.2f | %5s | %s |"
          .formatted(what, median(git), median(own), ratio, limit, isMet(ratio) ? "yes" : "NO");
    }

    private boolean isMet(double ratio) {
      return switch (bar) {
        case Bar.Part(var most) -> ratio <= most;
        case Bar.Millis(var most) -> median(own) <= most;
      };
    }
  }

  private WorktreeBench(Path place) {
    this.place = place;
    this.top = place.resolve("repo");
    this.environment =
        Map.of("PATH", System.getenv("PATH"), "HOME", place.toString(), "LC_ALL", "C.UTF-8");
  }

  /// Arguments: number of files or a repository, rounds, where.
  public static void main(String[] arguments) throws Exception {
    var place = Files.createTempDirectory(Path.of(arguments[2]), "adw-bench");
    try {
      var bench = new WorktreeBench(place);
      bench.makeRepository(arguments[0]);
      bench.run(Integer.parseInt(arguments[1]));
    } finally {
      FileTrees.delete(place);
    }
  }

  private void makeRepository(String source) throws Exception {
    if (source.matches("\\d+")) {
      git(place, "init", "-q", "-b", "main", "repo");
      importFiles(Integer.parseInt(source));
      git(top, "repack", "-q", "-a", "-d");
    } else {
      git(
          place,
          "clone",
          "-q",
          "--no-checkout",
          "--no-hardlinks",
          Path.of(source).toAbsolutePath().toString(),
          "repo");
      git(top, "update-ref", "--no-deref", "HEAD", "HEAD");
    }
    git(top, "config", "user.name", "bench");
    git(top, "config", "user.email", "bench@localhost");
    git(top, "config", "gc.auto", "0");
  }

  private void importFiles(int count) throws Exception {
    var random = new Random(1);
    var stream =
        new StringBuilder(
            "commit refs/heads/main\ncommitter b <b@b> 1700000000 +0000\ndata 1\nx\n");
    for (var i = 0; i < count; i++) {
      var lines = new StringBuilder();
      for (var n = random.nextInt(200); n >= 0; n--) {
        lines.append("line ").append(random.nextInt(5000)).append(" of some source text\n");
      }
      var path = "src/p%d/q%d/F%d.java".formatted(i % 37, i % 411, i);
      stream
          .append("M 100644 inline ")
          .append(path)
          .append("\ndata ")
          .append(lines.length())
          .append('\n')
          .append(lines)
          .append('\n');
    }
    var input = stream.toString().getBytes(UTF_8);
    check(
        new Command(List.of("git", "fast-import", "--quiet"), top, environment, LIMIT, input)
            .run());
  }

  private void run(int rounds) throws Exception {
    try (var repository =
        Repository.open(top, new GitEnvironment(environment, InstantSource.system()))) {
      var base = repository.findCommit("HEAD").orElseThrow();
      var older = older(repository, base);
      System.out.println("reasons for git: " + repository.fitness().reasons());
      for (var round = 0; round < rounds; round++) {
        measure(repository, base, older, round);
      }
    }
    measureTasks(Math.min(3, rounds));
    System.out.println(
        "| what                                         | git ms    | adw ms    | ratio | bar   |"
            + " met |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    rows.forEach((what, row) -> System.out.println(row.format(what)));
  }

  /// A commit 20 before the base, or a made-up one that differs in 40 files.
  private String older(Repository repository, String base) throws Exception {
    var found = repository.findCommit(base + "~" + AWAY);
    if (found.isPresent()) {
      return found.get();
    }
    git(top, "read-tree", base);
    var some = git(top, "ls-files", "-s").lines().limit(40).toList();
    for (var line : some) {
      git(
          top,
          "update-index",
          "--add",
          "--cacheinfo",
          "100644," + line.split(" ")[1] + "," + line.split("\t")[1] + ".old");
    }
    var commit = git(top, "commit-tree", "-m", "older", git(top, "write-tree"));
    git(top, "read-tree", "--empty");
    return commit;
  }

  private void measure(Repository repository, String base, String older, int round)
      throws Exception {
    if (round % 2 == 0) {
      measureGit(base, round);
    }
    measureOwn(repository, base, round);
    if (round % 2 == 1) {
      measureGit(base, round);
    }
    measureReady(repository, base, base, "claim of a ready one, same base", SAME_BASE, round);
    measureReady(
        repository, older, base, "claim of a ready one, 20 commits away", AWAY_BASE, round);
  }

  private void measureGit(String base, int round) throws Exception {
    var folder = place.resolve("git" + round);
    var cpu = childCpu();
    var wall =
        time(() -> git(top, "worktree", "add", "-q", "-b", "git" + round, folder.toString(), base));
    row("worktree, wall", 0.6).git.add(wall);
    row("worktree, CPU", 1).git.add(childCpu() - cpu);
    row("claim of a ready one, same base", SAME_BASE).git.add(wall);
    row("claim of a ready one, 20 commits away", AWAY_BASE).git.add(wall);
    row("status", 1).git.add(time(() -> git(folder, "status", "--porcelain")));
    change(folder, round);
    row("add + commit of one file", 1)
        .git
        .add(
            time(() -> {
              git(folder, "add", "-A");
              return git(folder, "commit", "-q", "-m", "one");
            }));
    git(top, "worktree", "remove", "--force", folder.toString());
  }

  private void measureOwn(Repository repository, String base, int round) throws Exception {
    var request = NewWorktree.fresh(place.resolve("own" + round), "own" + round, base);
    var cpu = ownCpu();
    row("worktree, wall", 0.6).own.add(time(() -> made(repository, request)));
    row("worktree, CPU", 1).own.add(ownCpu() - cpu);
    var worktree = repository.worktree(request.folder(), request.branch());
    row("status", 1).own.add(time(() -> expectEmpty(worktree.status())));
    change(worktree.folder(), round);
    row("add + commit of one file", 1).own.add(time(() -> commit(worktree)));
    worktree.remove(Optional.empty());
  }

  private void measureReady(
      Repository repository, String from, String base, String what, Bar bar, int round)
      throws Exception {
    var name = "ready" + round + from.substring(0, 7);
    var ready = repository.makeReady(place.resolve(name), from).orElseThrow();
    ready.trySeal();
    row(what, bar)
        .own
        .add(time(() -> ready.isUntouched() ? ready.tryGive(name, base).orElseThrow() : null));
    ready.close();
    repository.worktree(ready.folder(), name).remove(Optional.empty());
  }

  private void measureTasks(int rounds) throws Exception {
    for (var round = 0; round < rounds; round++) {
      var folder = place.resolve("tasks" + round);
      Files.createDirectories(folder);
      git(folder, "init", "-q", "-b", "main", "repo");
      var small = folder.resolve("repo");
      git(small, "config", "user.name", "bench");
      git(small, "config", "user.email", "bench@localhost");
      for (var i = 0; i < 30; i++) {
        GitSandbox.write(small, "d" + i % 5 + "/f" + i, "content " + i);
      }
      git(small, "add", "-A");
      git(small, "commit", "-q", "-m", "small");
      var script =
          // git's own additions at once stumble over each other now and then: once more then.
          "seq "
              + TASKS
              + " | xargs -P"
              + AT_ONCE
              + " -I{} sh -c '"
              + "until git worktree add -q -B git{} ../git{} main 2>/dev/null; do :; done"
              + " && cd ../git{} && echo {} > new && git add -A && git commit -q -m task'";
      var row = row(TASKS + " tasks: worktree, one file, add, commit", 1);
      row.git.add(
          time(() ->
              check(new Command(List.of("sh", "-c", script), small, environment, LIMIT).run())));
      row.own.add(time(() -> doTasks(small)));
    }
  }

  private boolean doTasks(Path small) throws Exception {
    try (var repository =
            Repository.open(small, new GitEnvironment(environment, InstantSource.system()));
        var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var base = repository.findCommit("main").orElseThrow();
      var tasks = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < TASKS; i++) {
        var name = "own" + i;
        tasks.add(() -> {
          var request = NewWorktree.fresh(small.resolveSibling(name), name, base);
          made(repository, request);
          GitSandbox.write(request.folder(), "new", name);
          return commit(repository.worktree(request.folder(), name));
        });
      }
      for (var done : threads.invokeAll(tasks)) {
        done.get();
      }
      return true;
    }
  }

  private static boolean made(Repository repository, NewWorktree request) throws Exception {
    return repository.create(request) instanceof CreateResult.Made || fail("not made: " + request);
  }

  private static boolean commit(Worktree worktree) throws Exception {
    var commit = worktree.commitAll(CommitRequest.of("one", Set.of()));
    return commit instanceof CommitResult.Made || fail("not committed: " + commit);
  }

  private static boolean expectEmpty(List<Change> changes) {
    return changes.isEmpty() || fail("not clean: " + changes);
  }

  private static boolean fail(String why) {
    throw new IllegalStateException(why);
  }

  /// One file that is there, in a folder of its own level.
  private void change(Path folder, int round) throws Exception {
    var path =
        git(top, "ls-tree", "-r", "--name-only", "HEAD")
            .lines()
            .skip(100)
            .findFirst()
            .orElseThrow();
    Files.writeString(folder.resolve(path), "changed " + round);
  }

  private Row row(String what, double part) {
    return row(what, new Bar.Part(part));
  }

  private Row row(String what, Bar bar) {
    return rows.computeIfAbsent(what, _ -> new Row(bar));
  }

  private static double time(Callable<?> work) throws Exception {
    var start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
  }

  private static double ownCpu() throws IOException {
    return ticks(13) + ticks(14);
  }

  private static double childCpu() throws IOException {
    return ticks(15) + ticks(16);
  }

  /// A field of /proc/self/stat, in milliseconds.
  private static double ticks(int field) throws IOException {
    var stat = Files.readString(Path.of("/proc/self/stat"));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[field - 2]) * 10.0;
  }

  private String git(Path where, String... arguments) throws Exception {
    var argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(arguments));
    return check(new Command(argv, where, environment, LIMIT).run()).outText().strip();
  }

  private static CommandResult check(CommandResult finished) {
    if (!finished.succeeded()) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "%s %s", finished.status(), finished.errText()));
    }
    return finished;
  }
}
