package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.config.UnsupportedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// Everything by ourselves; what turns out to be unfit for that is left as it was and done by the
/// `git` program.
final class JavaBackend implements WorktreeBackend {
  private final RepositoryParts repository;
  private final CreateStep steps;

  JavaBackend(RepositoryParts repository, CreateStep steps) {
    this.repository = repository;
    this.steps = steps;
  }

  @Override
  public Optional<String> create(NewWorktree request, WorktreeFolder planned)
      throws IOException, InterruptedException {
    try {
      var making = CreationSteps.of(repository, steps, request, planned);
      making.make();
      return making.warning();
    } catch (UnsupportedException _) {
      return new GitBackend(repository).create(request, planned);
    }
  }

  @Override
  public List<Change> status(WorktreeFolder worktree) throws IOException, InterruptedException {
    try (var files = WorktreeIndex.open(repository, worktree.place())) {
      var changes = new ArrayList<Change>();
      for (var found : files.scan()) {
        if (found.isDifferent()) {
          changes.add(found.change());
        }
      }
      addStaged(files, changes);
      return List.copyOf(changes);
    } catch (UnsupportedException _) {
      return new GitBackend(repository).status(worktree);
    }
  }

  private void addStaged(WorktreeIndex files, List<Change> changes) throws IOException {
    if (files.index().entries().stream().anyMatch(IndexEntry::isUnmerged)) {
      return;
    }
    var commit = files.findHead();
    if (commit.isEmpty()) {
      for (var entry : files.index().entries()) {
        addChanged(new String(entry.path(), UTF_8), changes);
      }
      return;
    }
    var head = repository.store().readTree(commit.get());
    var staged = files.writeTree(files.index());
    for (var each : new Commits(repository.store()).changes(head, staged)) {
      addChanged(each.path(), changes);
    }
  }

  private static void addChanged(String path, List<Change> changes) {
    var change = new Change(path, Change.Kind.CHANGED);
    if (!changes.contains(change)) {
      changes.add(change);
    }
  }

  @Override
  public CommitResult commitAll(WorktreeFolder worktree, CommitRequest request, Hooks hooks)
      throws IOException, InterruptedException {
    try {
      return new WorktreeCommit(repository, worktree, request).commit(hooks);
    } catch (UnsupportedException _) {
      return new GitBackend(repository).commitAll(worktree, request, hooks);
    }
  }

  @Override
  public String writeFiles(WorktreeFolder worktree) throws IOException, InterruptedException {
    try (var files = WorktreeIndex.open(repository, worktree.place())) {
      return files.writeTree(files.with(files.scan())).name();
    } catch (UnsupportedException _) {
      return new GitBackend(repository).writeFiles(worktree);
    }
  }

  @Override
  public void reset(WorktreeFolder worktree, String commit)
      throws IOException, InterruptedException {
    try {
      new WorktreeReset(repository, worktree).reset(ObjectId.fromString(commit));
    } catch (UnsupportedException _) {
      new GitBackend(repository).reset(worktree, commit);
    }
  }
}
