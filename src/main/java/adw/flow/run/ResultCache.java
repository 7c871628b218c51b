package adw.flow.run;

import adw.flow.definition.PhaseResult;
import adw.json.Json;
import adw.json.JsonException;
import adw.os.DurableFiles;
import adw.os.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Results that other runs may use again: one file each, replaced whole, so that any number of
/// processes can share it. The least recently used go first.
public final class ResultCache {
  private static final Duration OLDEST = Duration.ofDays(90);
  private static final int MOST = 1000;

  private final Optional<Path> folder;
  private final InstantSource clock;
  private final AtomicInteger puts = new AtomicInteger();

  private ResultCache(Optional<Path> folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  public static ResultCache in(Path folder, InstantSource clock) {
    return new ResultCache(Optional.of(folder), clock);
  }

  /// Keeps nothing.
  public static ResultCache none() {
    return new ResultCache(Optional.empty(), InstantSource.system());
  }

  Optional<PhaseResult> find(String hash, Optional<Duration> ttl) {
    return folder.map(f -> f.resolve(hash + ".json")).flatMap(file -> find(file, ttl));
  }

  private Optional<PhaseResult> find(Path file, Optional<Duration> ttl) {
    try {
      var entry = Json.parseObject(TextFile.readAny(file));
      var age =
          Duration.between(Instant.ofEpochMilli(entry.findLong("at").orElse(0L)), clock.instant());
      if (age.compareTo(OLDEST) > 0 || ttl.filter(most -> age.compareTo(most) >= 0).isPresent()) {
        return Optional.empty();
      }
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      return entry.findObject("result").map(ResultJson::read).map(PhaseResult::fromCache);
    } catch (IOException | JsonException | IllegalArgumentException _) {
      // Not there, taken away meanwhile, or written by something else: all the same as a miss.
      return Optional.empty();
    }
  }

  void put(String hash, PhaseResult result) throws IOException {
    if (folder.isEmpty() || !result.isDone()) {
      return;
    }
    Files.createDirectories(folder.get());
    var file = folder.get().resolve(hash + ".json");
    var entry =
        Json.Obj.empty().with("at", clock.millis()).with("result", ResultJson.write(result));
    DurableFiles.replaceUnsynced(file, (entry.write() + "\n").getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    if (puts.getAndIncrement() % 50 == 0) {
      evict(folder.get());
    }
  }

  private static void evict(Path folder) throws IOException {
    var entries = entries(folder);
    if (entries.size() > MOST) {
      var oldestFirst =
          entries.stream().sorted(Comparator.comparing(ResultCache::lastUsed)).toList();
      for (var file : oldestFirst.subList(0, entries.size() - MOST)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static FileTime lastUsed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException _) {
      // Another process evicted it first.
      return FileTime.fromMillis(0);
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// How many results were thrown away.
  public int clear() throws IOException {
    var count = 0;
    for (var file : folder.isPresent() ? entries(folder.get()) : List.<Path>of()) {
      count += Files.deleteIfExists(file) ? 1 : 0;
    }
    return count;
  }
}
