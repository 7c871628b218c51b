package adw.task.file;

import adw.task.Vocabulary;
import java.nio.file.Path;
import java.time.Duration;

/// Where the task file is, where its journal is kept, and how patient to be with a person's typing.
public record TaskFileSettings(
    Path file, Path state, Duration settle, int keptVersions, Vocabulary vocabulary) {
  public static final Duration SETTLE = Duration.ofSeconds(3);
  public static final int KEPT_VERSIONS = 20;

  public TaskFileSettings {
    if (keptVersions < 2) {
      throw new IllegalArgumentException("at least 2 versions are kept, not " + keptVersions);
    }
  }

  public static TaskFileSettings of(Path file, Path state) {
    return new TaskFileSettings(file, state, SETTLE, KEPT_VERSIONS, Vocabulary.NONE);
  }

  public TaskFileSettings withSettle(Duration duration) {
    return new TaskFileSettings(file, state, duration, keptVersions, vocabulary);
  }

  public TaskFileSettings withVocabulary(Vocabulary words) {
    return new TaskFileSettings(file, state, settle, keptVersions, words);
  }
}
