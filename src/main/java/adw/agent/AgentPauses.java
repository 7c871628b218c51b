package adw.agent;

import adw.json.Json;
import adw.json.JsonException;
import adw.os.DurableFiles;
import adw.os.NewFolders;
import adw.os.TextFile;
import adw.run.RateLimitPause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Which agents pause, for all processes of a repository: one file an agent. A rate limit pauses it
/// until the time that was named, else for longer with each in a row. Where nobody is logged in or
/// no money is left, it pauses until a person acts.
public final class AgentPauses {
  private final Path folder;
  private final InstantSource clock;
  private final Map<String, Path> files = new ConcurrentHashMap<>();

  public AgentPauses(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /// The pause that holds now.
  public Optional<AgentPause> find(String agent) throws IOException {
    return read(agent).filter(this::holds).map(Noted::pause);
  }

  /// Somebody has acted.
  public void end(String agent) throws IOException {
    Files.deleteIfExists(file(agent));
  }

  /// Takes note of how a call ended. A call that went well while others pause the agent began
  /// before that, and proves nothing.
  public void note(String agent, Answer answer) throws IOException {
    var last = read(agent);
    switch (answer) {
      case Answer.Done _ -> {
        if (last.isPresent() && !holds(last.get())) {
          end(agent);
        }
      }
      case Answer.Failed failed -> noteFailure(agent, failed, last);
    }
  }

  private void noteFailure(String agent, Answer.Failed failed, Optional<Noted> last)
      throws IOException {
    if (failed.kind().needsPerson()) {
      write(agent, new Noted(new AgentPause(failed.kind(), failed.message(), Optional.empty()), 0));
    } else if (failed.kind() == FailureKind.RATE_LIMIT
        && !last.filter(this::needsPerson).isPresent()) {
      // Several calls meet the same limit at once: that is one in a row, not several.
      var row = last.map(old -> holds(old) ? old.row() : old.row() + 1).orElse(1);
      var until = RateLimitPause.end(failed.retryAt(), row, clock.instant());
      var later = last.flatMap(old -> old.pause().until()).filter(until::isBefore).orElse(until);
      write(
          agent,
          new Noted(new AgentPause(failed.kind(), failed.message(), Optional.of(later)), row));
    }
  }

  private boolean needsPerson(Noted last) {
    return last.pause().until().isEmpty();
  }

  private boolean holds(Noted noted) {
    return noted.pause().until().map(clock.instant()::isBefore).orElse(true);
  }

  /// @param row how many pauses without a call between them that went well
  private record Noted(AgentPause pause, int row) {}

  private Optional<Noted> read(String agent) throws IOException {
    if (!Files.exists(file(agent))) {
      return Optional.empty(); // which is usual, and quicker told so than by an exception
    }
    try {
      return noted(Json.parseObject(TextFile.readAny(file(agent))));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (JsonException damaged) {
      return Optional.empty(); // the next call meets what it told, and notes it anew
    }
  }

  /// A kind that only a newer adw knows is not known to hold.
  private static Optional<Noted> noted(Json.Obj json) {
    var why = json.text("why");
    var until = json.find("until").map(_ -> json.instant("until"));
    var row = json.findLong("row").orElse(0L).intValue();
    return Stream.of(FailureKind.values())
        .filter(kind -> json.findText("kind").equals(Optional.of(kind.name())))
        .findFirst()
        .map(kind -> new Noted(new AgentPause(kind, why, until), row));
  }

  private void write(String agent, Noted noted) throws IOException {
    var pause = noted.pause();
    var json =
        Json.Obj.empty()
            .with("kind", pause.kind().name())
            .with("why", pause.why())
            .with("until", pause.until().map(Instant::toString))
            .with("row", noted.row());
    NewFolders.makeWithParent(folder);
    DurableFiles.replaceUnsynced(file(agent), json.write().getBytes(StandardCharsets.UTF_8));
  }

  private Path file(String agent) {
    return files.computeIfAbsent(
        agent, name -> folder.resolve(name.replaceAll("[^A-Za-z0-9._-]", "_") + ".json"));
  }
}
