package adw.git;

import adw.git.config.BaseLook;
import adw.git.config.BaseSettings;
import adw.git.config.FetchRecord;
import adw.git.config.GitException;
import adw.git.config.GitProgram;
import adw.git.config.RemoteBranch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/// Finds the base branch and the commit where runs start.
final class BaseBranchFinder {
  private static final String ORIGIN_HEAD = "refs/remotes/origin/HEAD";
  private static final Duration FETCH_LIMIT = Duration.ofSeconds(60);

  private final RepositoryParts repository;
  private final Optional<String> startBranch;
  private final BaseSettings settings;
  private final Commits commits;
  private final Instant now;
  private final List<String> warnings = new ArrayList<>();

  BaseBranchFinder(
      RepositoryParts repository, Optional<String> startBranch, BaseSettings settings) {
    this.repository = repository;
    this.startBranch = startBranch;
    this.commits = new Commits(repository.store());
    this.settings = settings;
    this.now = repository.world().clock().instant();
  }

  BaseBranch find() throws IOException, InterruptedException {
    var name = name();
    var remote = findRemote(name);
    var fetched = fetched(remote);
    if (isDue(name, remote, fetched) && tryFetch(remote.get())) {
      fetched = Optional.of(now);
    }
    var commit = start(name, remote);
    return new BaseBranch(name, commit.name(), commits.abbreviate(commit), fetched, warnings);
  }

  /// Whether `find` would ask the remote.
  boolean isFetchDue() throws IOException {
    var name = name();
    var remote = findRemote(name);
    return isDue(name, remote, fetched(remote)) && findFailure(remote.get()).isEmpty();
  }

  private String name() throws IOException {
    if (!settings.base().isBlank()) {
      return settings.base();
    }
    var head = repository.store().jgit().exactRef(ORIGIN_HEAD);
    if (head != null && head.isSymbolic() && head.getObjectId() != null) {
      return head.getTarget().getName().substring("refs/remotes/origin/".length());
    }
    return startBranch.orElse("HEAD");
  }

  /// The branch of a remote that a base stands for, or has a counterpart in.
  private Optional<RemoteBranch> findRemote(String name) throws IOException {
    return name.equals("HEAD")
        ? Optional.empty()
        : RemoteBranch.find(name, isLocal(name), repository.config());
  }

  private boolean isLocal(String name) throws IOException {
    return repository.store().findRef("refs/heads/" + name).isPresent();
  }

  /// A branch that only this repository has is not asked for again and again.
  private boolean isDue(String name, Optional<RemoteBranch> remote, Optional<Instant> fetched)
      throws IOException {
    return settings.fetch()
        && remote.isPresent()
        && (repository.store().findRef(remote.get().ref()).isPresent() || !isLocal(name))
        && (fetched.isEmpty() || fetched.get().isBefore(oldest()));
  }

  private Instant oldest() {
    return now.minus(settings.maxAge());
  }

  private FetchRecord record(RemoteBranch remote) {
    return new FetchRecord(repository.commonDir(), remote.words());
  }

  /// The last time anybody asked for that branch: a person's own fetch counts too.
  private Optional<Instant> fetched(Optional<RemoteBranch> remote) throws IOException {
    if (remote.isEmpty()) {
      return Optional.empty();
    }
    var record = record(remote.get());
    var url = repository.config().find("remote." + remote.get().remote() + ".url").orElse("");
    return Stream.of(record.findSuccess(now), record.findOwnFetch(remote.get(), url, now))
        .flatMap(Optional::stream)
        .max(Instant::compareTo);
  }

  /// A remote that did not answer is not asked by each run anew: each might wait a minute.
  private boolean tryFetch(RemoteBranch remote) throws IOException, InterruptedException {
    var known = findFailure(remote);
    var failure = known.isPresent() ? known : fetch(remote);
    failure.ifPresent(warnings::add);
    return failure.isEmpty();
  }

  private Optional<String> findFailure(RemoteBranch remote) throws IOException {
    return record(remote).findFailure(oldest(), now);
  }

  /// Why it failed. FETCH_HEAD is a person's: it is left as it is.
  private Optional<String> fetch(RemoteBranch remote) throws IOException, InterruptedException {
    var call =
        repository.call(
            List.of(
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-prune",
                "--no-write-fetch-head",
                "--no-recurse-submodules",
                remote.remote(),
                remote.refspec()));
    var answer = repository.program().orElseThrow().call(quiet(call).within(FETCH_LIMIT));
    if (answer.isOk()) {
      record(remote).succeeded(now);
      return Optional.empty();
    }
    var why = "not fetched: " + answer.reason();
    record(remote).failed(why, now);
    return Optional.of(why);
  }

  private GitProgram.Call quiet(GitProgram.Call call) throws IOException {
    var own =
        repository.world().find("GIT_SSH_COMMAND").isPresent()
            || repository.config().find("core.sshcommand").isPresent();
    return own ? call : call.with("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
  }

  /// Of `B` and `origin/B` the one that contains the other; diverged, the local one.
  private ObjectId start(String name, Optional<RemoteBranch> remote) throws IOException {
    var local = repository.store().findRef("refs/heads/" + name);
    var theirs =
        remote.isPresent()
            ? repository.store().findRef(remote.get().ref())
            : Optional.<ObjectId>empty();
    if (local.isPresent() && theirs.isPresent()) {
      return newer(name, local.get(), theirs.get());
    }
    var only = local.isPresent() ? local : theirs;
    return only.isPresent() ? only.get() : other(name);
  }

  private ObjectId other(String name) throws IOException {
    var found =
        name.equals("HEAD")
            ? repository.place().commit().map(ObjectId::fromString)
            : repository.store().findCommit(name);
    return found.isPresent() ? found.get() : refuse(name);
  }

  private ObjectId newer(String branch, ObjectId local, ObjectId remote) throws IOException {
    if (commits.isAncestor(local, remote)) {
      return remote;
    }
    if (!commits.isAncestor(remote, local)) {
      warnings.add(
          "%s and origin/%s have diverged: runs start from %s @%s"
              .formatted(branch, branch, branch, commits.abbreviate(local)));
    }
    return local;
  }

  /// What a look would say of it, now that the remote has been asked.
  private ObjectId refuse(String name) throws IOException {
    var look = new BaseLook(repository.place(), startBranch, now);
    var found = settings.base().isBlank() ? look.findUsual() : look.find(name);
    throw switch (found) {
      case BaseLook.Found.Nowhere(var why, var cure) -> new GitException(why + " (" + cure + ")");
      case BaseLook.Found.Here _, BaseLook.Found.Elsewhere _ ->
          new GitException("there is no branch or commit '" + name + "'");
    };
  }
}
