package adw.git;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// How much one commit may hold: past it, a run has most likely left a build or a download behind.
record CommitLimits(CommitRequest request) {
  Optional<String> findExcess(List<Change> changes, Sizes sizes) throws IOException {
    var repositories =
        changes.stream().filter(change -> change.kind() == Change.Kind.REPOSITORY).toList();
    if (!repositories.isEmpty()) {
      return Optional.of(
          "%s is a repository of its own (cure: .gitignore)".formatted(Change.names(repositories)));
    }
    var fresh = changes.stream().filter(change -> change.kind() == Change.Kind.NEW).count();
    if (fresh > request.maxNewFiles()) {
      return Optional.of(
          "%d new files, %d are allowed (cure: .gitignore)"
              .formatted(fresh, request.maxNewFiles()));
    }
    for (var change : changes) {
      var size = sizes.of(change);
      if (size > request.maxFileBytes()) {
        return Optional.of(tooLarge(change, size));
      }
    }
    return Optional.empty();
  }

  interface Sizes {
    /// 0 for what is no file.
    long of(Change change) throws IOException;
  }

  private String tooLarge(Change change, long size) {
    return "%s has %d MB, %d are allowed (cure: .gitignore)"
        .formatted(change.path(), size >> 20, request.maxFileBytes() >> 20);
  }
}
