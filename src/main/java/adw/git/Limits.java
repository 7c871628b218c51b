package adw.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How much one commit may hold: past it, a run has most likely left a build or a download behind.
record Limits(CommitRequest request) {
  Optional<String> findExcess(Path folder, List<Change> changes) throws IOException {
    var repositories =
        changes.stream().filter(change -> change.kind() == Change.Kind.REPOSITORY).toList();
    if (!repositories.isEmpty()) {
      return Optional.of(
          "%s is a repository of its own (cure: .gitignore)"
              .formatted(Worktree.names(repositories)));
    }
    var fresh = changes.stream().filter(change -> change.kind() == Change.Kind.NEW).count();
    if (fresh > request.maxNewFiles()) {
      return Optional.of(
          "%d new files, %d are allowed (cure: .gitignore)"
              .formatted(fresh, request.maxNewFiles()));
    }
    for (var change : changes) {
      var file = folder.resolve(change.path());
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) > request.maxFileBytes()) {
        return Optional.of(tooLarge(change, Files.size(file)));
      }
    }
    return Optional.empty();
  }

  private String tooLarge(Change change, long size) {
    return "%s has %d MB, %d are allowed (cure: .gitignore)"
        .formatted(change.path(), size >> 20, request.maxFileBytes() >> 20);
  }
}
