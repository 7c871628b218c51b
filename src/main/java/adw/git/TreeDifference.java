package adw.git;

import java.util.Optional;

/// One path in which two trees differ; no blob on the side where the path is missing.
public record TreeDifference(
    String path,
    Optional<String> oldBlob,
    Optional<String> newBlob,
    String oldMode,
    String newMode) {}
