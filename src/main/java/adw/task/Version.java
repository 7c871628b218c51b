package adw.task;

import java.nio.file.Path;
import java.time.Instant;

/// An earlier text of the task file.
public record Version(Path path, long number, Instant replacedAt, long size) {}
