package adw.git;

import adw.git.config.GitEnvironment;
import adw.git.config.GitProgram;
import adw.git.config.RepositoryPaths;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/// A repository inside a worktree, and whether what it holds is saved anywhere else.
///
/// @param name its path in the worktree; of a submodule without files, its name
/// @param files none if it is bare, or checked out no more
record InnerRepository(String name, Path gitDir, Optional<Path> files) {
  /// Called inside it, git obeys neither hooks of its own nor a wish to go further down.
  private static final List<String> PLAIN =
      List.of(
          "-c",
          "core.fsmonitor=false",
          "-c",
          "core.hooksPath=/dev/null",
          "-c",
          "submodule.recurse=false");

  /// As one that an agent made: where its `.git` leads out of these folders it is none, and pipes
  /// in it are not waited for.
  InnerRepository distrusted(Path... tops) throws IOException {
    if (!isBelowAny(gitDir, tops) && files.isPresent()) {
      return new InnerRepository(name, files.get().resolve(".git"), files);
    }
    StrangeFiles.removePipes(gitDir);
    return this;
  }

  boolean isReadable() {
    return RepositoryPaths.isGitDir(gitDir);
  }

  RepositoryPaths place() throws IOException {
    return RepositoryPaths.of(gitDir, files);
  }

  /// The commits that its refs and its HEAD hold, and nothing else does: neither a remote, nor, if
  /// its objects lie elsewhere, the refs there.
  List<RevCommit> ownTips(GitEnvironment world, Path... removed) throws IOException {
    var place = place();
    try (var store = ObjectStore.open(place, world);
        var walk = new RevWalk(store.jgit())) {
      var isInside = isBelowAny(place.commonDir(), removed);
      var own = new ArrayList<RevCommit>();
      for (var ref : store.jgit().getRefDatabase().getRefs()) {
        var commit = commit(walk, Optional.ofNullable(ref.getObjectId()));
        if (isSafe(ref, isInside)) {
          commit.ifPresent(safe -> mark(walk, safe));
        } else if (!ref.getName().equals("HEAD")) {
          commit.ifPresent(own::add);
        }
      }
      commit(walk, place.commit().filter(ObjectId::isId).map(ObjectId::fromString))
          .ifPresent(own::add);
      return List.copyOf(unsaved(walk, own));
    }
  }

  private static boolean isBelowAny(Path folder, Path... tops) throws IOException {
    for (var top : tops) {
      if (Files.exists(top)
          && Files.exists(folder)
          && folder.toRealPath().startsWith(top.toRealPath())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSafe(Ref ref, boolean isInside) {
    return ref.getName().startsWith("refs/remotes/")
        || (!isInside && !ref.getName().equals("HEAD"));
  }

  private static Optional<RevCommit> commit(RevWalk walk, Optional<ObjectId> id)
      throws IOException {
    return id.isPresent() && walk.peel(walk.parseAny(id.get())) instanceof RevCommit commit
        ? Optional.of(commit)
        : Optional.empty();
  }

  private static void mark(RevWalk walk, RevCommit safe) {
    try {
      walk.markUninteresting(safe);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<RevCommit> unsaved(RevWalk walk, List<RevCommit> tips) throws IOException {
    for (var tip : tips) {
      walk.markStart(tip);
    }
    return walk.next() == null ? List.of() : tips;
  }

  /// What is not committed in it.
  Optional<String> findChanges(GitProgram git) throws IOException, InterruptedException {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    var out =
        ask(git, "status", "--porcelain=v1", "-z", "--no-renames", "--ignore-submodules=none");
    return Optional.of(out.split("\0")[0])
        .filter(line -> line.length() > 3)
        .map(line -> line.substring(3));
  }

  /// By JGit: git itself does not fetch from a submodule whose worktree is gone, and what serves it
  /// obeys the settings there.
  void send(ObjectStore to, List<RefSpec> specs) throws IOException {
    try (var transport = Transport.open(to.jgit(), new URIish(gitDir.toUri().toString()))) {
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.fetch(NullProgressMonitor.INSTANCE, specs);
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  String ask(GitProgram git, String... arguments) throws IOException, InterruptedException {
    return git.ask(call(arguments));
  }

  /// In its files, or, if it has none, in its own directory.
  GitProgram.Call call(String... arguments) {
    var all = new ArrayList<>(PLAIN);
    all.addAll(List.of(arguments));
    return new GitProgram.Call(files.orElse(gitDir), all).with("GIT_DIR", gitDir.toString());
  }
}
