package adw.agent.program;

import adw.json.Json;
import adw.json.JsonException;
import adw.os.DurableFiles;
import adw.os.NewFolders;
import adw.os.TextFile;
import adw.spend.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What a session had cost in all when it was last used: some programs report only that, and what a
/// call has cost is the difference. A session unknown here, say of another machine, starts at
/// nothing.
final class SessionTotals {
  private final Path memory;
  private final Path folder;

  SessionTotals(Path memory, String agent) {
    this.memory = memory;
    this.folder = memory.resolve("sessions").resolve(agent.replaceAll("[^A-Za-z0-9_-]", "_"));
  }

  Usage read(String session) throws IOException {
    try {
      return Usage.of(Json.parseObject(TextFile.readAny(file(session))));
    } catch (NoSuchFileException | JsonException _) {
      return Usage.NONE;
    }
  }

  void write(String session, Usage total) throws IOException {
    NewFolders.makeBelow(NewFolders.make(memory), folder);
    var bytes = total.toJson().write().getBytes(StandardCharsets.UTF_8);
    DurableFiles.replaceUnsynced(file(session), bytes);
  }

  /// The id is the program's: it may not lead out of the folder.
  private Path file(String session) {
    var name = session.replaceAll("[^A-Za-z0-9_-]", "_");
    return folder.resolve(name.substring(0, Math.min(name.length(), 100)) + ".json");
  }
}
