package adw.agent.program;

import adw.git.config.RepositoryPaths;
import adw.os.DurableFiles;
import adw.os.TextFile;
import adw.os.process.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The branches as they look within a sandbox: a copy, to be written at will. Outside, the branch
/// of the worktree follows its copy, and branches that nobody had before are made; what else was
/// done there does not count.
final class BranchCopy {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern NO_NAME =
      Pattern.compile("[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|@\\{|(^|/)[.-]|[.]$|\\.lock(/|$)");
  private static final int LONGEST = 128;
  private static final int MOST_NEW = 100;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int LOOKS_AT_LOCK = 50;

  /// How many programs of this process see a copy just now.
  private static final Map<Path, Integer> USES = new HashMap<>();

  private final RepositoryPaths tree;
  private final Path folder;
  private final Map<String, String> environment;

  BranchCopy(RepositoryPaths tree, Map<String, String> environment) {
    this.tree = tree;
    this.folder = copies(tree).resolve(tree.gitDir().getFileName());
    this.environment = environment;
  }

  private static Path copies(RepositoryPaths tree) {
    return tree.commonDir().resolve("adw").resolve("branches");
  }

  /// The worktree's branch: what it was when its copy was made, since HEAD is an agent's to write.
  ///
  /// @param worktree tells it from another of the same name
  /// @param known where it and its copy last were the same
  private record Own(String worktree, String branch, String known) {}

  Path heads() {
    return folder.resolve("heads");
  }

  /// A copy for one more program. While another one sees it, nothing in it changes.
  void open() throws IOException, InterruptedException {
    synchronized (USES) {
      if (USES.merge(folder, 1, Integer::sum) == 1) {
        dropOld();
        settle();
        refresh();
      }
    }
  }

  void close() throws IOException, InterruptedException {
    synchronized (USES) {
      USES.computeIfPresent(folder, (_, uses) -> uses > 1 ? uses - 1 : null);
      settle();
    }
  }

  private void settle() throws IOException, InterruptedException {
    if (!Files.isDirectory(heads())) {
      return;
    }
    var own = readOwn();
    var copied = read(heads());
    followOwn(own, copied);
    var made = 0;
    for (var each : copied.entrySet()) {
      if (!each.getKey().equals(own.branch()) && made < MOST_NEW && isNew(each)) {
        tryWrite(each.getKey(), each.getValue());
        made++;
      }
    }
  }

  private void followOwn(Own own, Map<String, String> copied)
      throws IOException, InterruptedException {
    var now = copied.getOrDefault(own.branch(), own.known());
    if (now.equals(own.known()) || !find(own.branch()).equals(Optional.of(own.known()))) {
      return;
    }
    if (!isCommit(now)) {
      writeCopy(own.branch(), own.known());
    } else if (tryWrite(own.branch(), now)) {
      writeOwn(new Own(own.worktree(), own.branch(), now));
    }
  }

  private boolean isNew(Map.Entry<String, String> branch) throws IOException, InterruptedException {
    return !NO_NAME.matcher(branch.getKey()).find()
        && find(branch.getKey()).isEmpty()
        && isCommit(branch.getValue());
  }

  private void refresh() throws IOException {
    Files.createDirectories(heads());
    var own = readOwn();
    var real = read(tree.commonDir().resolve("refs/heads"));
    var copied = read(heads());
    if (!copied.equals(real)) {
      Files.walkFileTree(heads(), new Clearing(real));
    }
    var is = find(own.branch()).orElse("");
    for (var branch : real.entrySet()) {
      var differs = !branch.getValue().equals(copied.get(branch.getKey()));
      if (differs && !isJustMoved(branch.getKey(), own, is, copied)) {
        writeCopy(branch.getKey(), branch.getValue());
      }
    }
    writeOwn(new Own(own.worktree(), own.branch(), is));
  }

  /// By a program that another process started.
  private static boolean isJustMoved(
      String branch, Own own, String is, Map<String, String> copied) {
    return branch.equals(own.branch()) && copied.containsKey(branch) && is.equals(own.known());
  }

  private void writeCopy(String branch, String id) throws IOException {
    var file = heads().resolve(branch);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, id + "\n");
  }

  /// Takes away all but files of branches that there are.
  private final class Clearing extends SimpleFileVisitor<Path> {
    private final Map<String, String> real;

    Clearing(Map<String, String> real) {
      this.real = real;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
      if (!is.isRegularFile() || !real.containsKey(heads().relativize(file).toString())) {
        Files.delete(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem)
        throws IOException {
      if (!visited.equals(heads()) && isEmpty(visited)) {
        Files.delete(visited);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    }
  }

  /// Copies for worktrees that are gone.
  private void dropOld() throws IOException {
    if (!Files.isDirectory(copies(tree))) {
      return;
    }
    try (var all = Files.newDirectoryStream(copies(tree))) {
      for (var each : all) {
        if (!Files.exists(tree.commonDir().resolve("worktrees").resolve(each.getFileName()))) {
          drop(each);
        }
      }
    }
  }

  private static void drop(Path copy) throws IOException {
    Files.walkFileTree(
        copy,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  // The worktree's own

  private Own readOwn() throws IOException {
    var link = tree.gitDir().resolve("gitdir");
    var worktree =
        Files.readAttributes(link, BasicFileAttributes.class).fileKey()
            + " "
            + Files.getLastModifiedTime(link);
    if (Files.isRegularFile(own())) {
      var lines = TextFile.readAny(own()).lines().toList();
      if (lines.size() == 3 && lines.getFirst().equals(worktree)) {
        return new Own(worktree, lines.get(1), lines.get(2));
      }
      drop(heads());
      Files.createDirectories(heads());
    }
    var branch = headBranch();
    return new Own(worktree, branch, find(branch).orElse(""));
  }

  private void writeOwn(Own own) throws IOException {
    var text = own.worktree() + "\n" + own.branch() + "\n" + own.known() + "\n";
    DurableFiles.replaceUnsynced(own(), text.getBytes(StandardCharsets.UTF_8));
  }

  private Path own() {
    return folder.resolve("own");
  }

  private String headBranch() throws IOException {
    var head = tree.gitDir().resolve("HEAD");
    var start = "ref: refs/heads/";
    var line =
        Files.isRegularFile(head, LinkOption.NOFOLLOW_LINKS) ? TextFile.readAny(head).strip() : "";
    return line.startsWith(start) ? line.substring(start.length()) : "";
  }

  // Branches

  /// Of whatever lies there, what names a commit.
  private static Map<String, String> read(Path heads) throws IOException {
    var found = new TreeMap<String, String>();
    if (!Files.isDirectory(heads)) {
      return found;
    }
    Files.walkFileTree(
        heads,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
            if (is.isRegularFile() && is.size() <= LONGEST) {
              var id = TextFile.readAny(file).strip();
              if (COMMIT.matcher(id).matches()) {
                found.put(heads.relativize(file).toString(), id);
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE; // deleted or packed by another git just now
          }
        });
    return found;
  }

  /// Where the branch is outside.
  private Optional<String> find(String branch) throws IOException {
    return branch.isEmpty() ? Optional.empty() : tree.findRef("refs/heads/" + branch);
  }

  private boolean isCommit(String id) throws IOException, InterruptedException {
    var variables = new HashMap<>(environment);
    variables.put("GIT_DIR", tree.commonDir().toString());
    var argv = List.of("git", "cat-file", "-e", id + "^{commit}");
    return new Command(argv, tree.commonDir(), variables, LIMIT).run().succeeded();
  }

  /// False where a folder or a file of the same name is in the way, or git does not let go of it.
  private boolean tryWrite(String branch, String id) throws IOException, InterruptedException {
    var file = tree.commonDir().resolve("refs/heads").resolve(branch);
    var lock = file.resolveSibling(file.getFileName() + ".lock");
    try {
      Files.createDirectories(file.resolveSibling(""));
      take(lock);
      Files.writeString(lock, id + "\n");
      Files.move(lock, file, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileSystemException inTheWay) {
      return false; // its commits stay in the copy, and are looked at again
    }
  }

  private static void take(Path lock) throws IOException, InterruptedException {
    for (var look = 0; ; look++) {
      try {
        Files.createFile(lock);
        return;
      } catch (FileAlreadyExistsException held) {
        if (look == LOOKS_AT_LOCK) {
          throw held;
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }
}
