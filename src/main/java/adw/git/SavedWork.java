package adw.git;

import java.util.Optional;

/// Work kept under `refs/adw/<id>/`: the commits, and the files that were not committed.
///
/// @param filesTree the tree of those files, by which a later removal knows nothing changed since
public record SavedWork(
    Optional<String> tipRef, Optional<String> filesRef, Optional<String> filesTree) {}
