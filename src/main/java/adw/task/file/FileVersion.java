package adw.task.file;

import java.nio.file.Path;
import java.time.Instant;

/// An earlier text of the task file.
public record FileVersion(Path path, long number, Instant replacedAt, long size) {}
