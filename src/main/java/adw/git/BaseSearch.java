package adw.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// Finds the base branch and the commit where runs start.
final class BaseSearch {
  private static final String ORIGIN = "refs/remotes/origin/";
  private static final Duration FETCH_LIMIT = Duration.ofSeconds(60);

  private final Repository repository;
  private final BaseSettings settings;
  private final List<String> warnings = new ArrayList<>();

  BaseSearch(Repository repository, BaseSettings settings) {
    this.repository = repository;
    this.settings = settings;
  }

  Base find() throws IOException, InterruptedException {
    var branch = branch();
    var fetched = fetched();
    if (isDue(branch, fetched) && tryFetch(branch)) {
      fetched = Optional.of(repository.world().clock().instant());
    }
    var commit = start(branch);
    return new Base(branch, commit.name(), repository.abbreviate(commit.name()), fetched, warnings);
  }

  /// Whether `find` would ask the remote.
  boolean isFetchDue() throws IOException {
    return isDue(branch(), fetched()) && !hasJustFailed();
  }

  private boolean isDue(String branch, Optional<Instant> fetched) throws IOException {
    return settings.fetch() && hasRemote(branch) && isOld(fetched);
  }

  private String branch() throws IOException {
    if (!settings.base().isBlank()) {
      return settings.base();
    }
    var head = repository.store().jgit().exactRef(ORIGIN + "HEAD");
    if (head != null && head.isSymbolic() && head.getObjectId() != null) {
      return head.getTarget().getName().substring(ORIGIN.length());
    }
    return repository.startBranch().orElse("HEAD");
  }

  /// A branch that only this repository has is not asked for again and again.
  private boolean hasRemote(String branch) throws IOException {
    return repository.config().find("remote.origin.url").isPresent()
        && !branch.equals("HEAD")
        && (repository.store().findRef(ORIGIN + branch).isPresent()
            || repository.store().findRef("refs/heads/" + branch).isEmpty());
  }

  private boolean isOld(Optional<Instant> fetched) {
    var oldest = repository.world().clock().instant().minus(settings.maxAge());
    return fetched.isEmpty() || fetched.get().isBefore(oldest);
  }

  /// The last time anybody asked the remote: a person's own fetch counts too.
  private Optional<Instant> fetched() throws IOException {
    var times = new ArrayList<Instant>();
    for (var file : List.of(stamp(), repository.commonDir().resolve("FETCH_HEAD"))) {
      if (Files.exists(file)) {
        times.add(Files.getLastModifiedTime(file).toInstant());
      }
    }
    return times.stream().max(Instant::compareTo);
  }

  private Path stamp() {
    return folder().resolve("fetched");
  }

  private Path folder() {
    return repository.commonDir().resolve("adw");
  }

  /// A remote that did not answer is not asked by each run anew: each might wait a minute.
  private boolean tryFetch(String branch) throws IOException, InterruptedException {
    if (hasJustFailed()) {
      warnings.add(Files.readString(failure(), StandardCharsets.UTF_8));
      return false;
    }
    var isFetched = fetch(branch);
    if (isFetched) {
      Files.deleteIfExists(failure());
    } else {
      touch(failure(), warnings.getLast());
    }
    return isFetched;
  }

  private boolean hasJustFailed() throws IOException {
    return Files.exists(failure())
        && !isOld(Optional.of(Files.getLastModifiedTime(failure()).toInstant()));
  }

  private Path failure() {
    return folder().resolve("not-fetched");
  }

  /// FETCH_HEAD is a person's: it is left as it is.
  private boolean fetch(String branch) throws IOException, InterruptedException {
    if (repository.program().isEmpty()) {
      warnings.add("not fetched: there is no git program on the PATH");
      return false;
    }
    var call =
        repository.call(
            List.of(
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-prune",
                "--no-write-fetch-head",
                "--no-recurse-submodules",
                "origin",
                "+refs/heads/" + branch + ":" + ORIGIN + branch));
    var answer = repository.program().get().call(quiet(call).within(FETCH_LIMIT));
    if (answer.isOk()) {
      touch(stamp(), "");
    } else {
      warnings.add("not fetched: " + answer.reason());
    }
    return answer.isOk();
  }

  private Program.Call quiet(Program.Call call) throws IOException {
    var own =
        repository.world().find("GIT_SSH_COMMAND").isPresent()
            || repository.config().find("core.sshcommand").isPresent();
    return own ? call : call.with("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
  }

  private void touch(Path file, String text) throws IOException {
    Files.createDirectories(folder());
    Files.writeString(file, text, StandardCharsets.UTF_8);
    Files.setLastModifiedTime(file, FileTime.from(repository.world().clock().instant()));
  }

  /// Of `B` and `origin/B` the one that contains the other; diverged, the local one.
  private ObjectId start(String branch) throws IOException {
    var local = repository.store().findRef("refs/heads/" + branch);
    var remote = repository.store().findRef(ORIGIN + branch);
    if (local.isPresent() && remote.isPresent()) {
      return newer(branch, local.get(), remote.get());
    }
    var only = local.isPresent() ? local : remote;
    return only.isPresent() ? only.get() : other(branch);
  }

  private ObjectId other(String name) throws IOException {
    var found =
        name.equals("HEAD")
            ? repository.place().commit().map(ObjectId::fromString)
            : repository.store().findCommit(name);
    return found.orElseThrow(() -> noBase(name));
  }

  private ObjectId newer(String branch, ObjectId local, ObjectId remote) throws IOException {
    if (repository.isAncestor(local.name(), remote.name())) {
      return remote;
    }
    if (!repository.isAncestor(remote.name(), local.name())) {
      warnings.add(
          "%s and origin/%s have diverged: runs start from %s @%s"
              .formatted(branch, branch, branch, repository.abbreviate(local.name())));
    }
    return local;
  }

  private GitException noBase(String branch) {
    return settings.base().isBlank()
        ? new GitException(
            repository.folder() + ": no commit yet (cure: git commit --allow-empty -m start)")
        : new GitException(
            "no branch or commit '%s' (cure: set [worktree] base in adw.toml)".formatted(branch));
  }
}
