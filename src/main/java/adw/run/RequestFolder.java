package adw.run;

import adw.json.DamagedFiles;
import adw.json.Json;
import adw.json.JsonException;
import adw.os.DurableFiles;
import adw.os.NewFolders;
import adw.os.TextFile;
import adw.os.UnusableFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/// Requests to the daemon, one small file each in `STATE/requests/`, oldest first by name.
public final class RequestFolder {
  private final StateFolder state;
  private final Path folder;
  private final DamagedFiles damages;

  public RequestFolder(StateFolder state) {
    this.state = state;
    this.folder = state.requests();
    this.damages = state.damages();
  }

  /// A request as it lies there; `file` is deleted once it has been carried out.
  public record Pending(Path file, Request request) {}

  public void send(Request request, Instant now, RandomGenerator random) throws IOException {
    NewFolders.make(state.createRoot().requests());
    var name = "%016d-%08x.json".formatted(now.toEpochMilli(), random.nextInt());
    DurableFiles.replace(
        folder.resolve(name), (write(request).write() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// All requests that lie there; a damaged one is set aside under the name `<name>.bad`.
  public List<Pending> read() throws IOException {
    var files = new ArrayList<Path>();
    try (var found = Files.newDirectoryStream(folder, "*.json")) {
      found.forEach(files::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    files.sort(Comparator.comparing(file -> file.getFileName().toString()));
    var pending = new ArrayList<Pending>();
    for (var file : files) {
      try {
        pending.add(new Pending(file, read(Json.parseObject(TextFile.read(file)))));
      } catch (NoSuchFileException e) {
        // another daemon has carried it out
      } catch (UnusableFileException | JsonException e) {
        setAside(file, String.valueOf(e.getMessage()).replace(file + ": ", ""));
      }
    }
    return pending;
  }

  private void setAside(Path file, String why) throws IOException {
    var aside = file.resolveSibling(file.getFileName() + ".bad");
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      damages.note(aside, "a request that cannot be read: " + why + " (ask again, and delete it)");
    } catch (NoSuchFileException gone) {
      damages.forget(aside); // another daemon was quicker
    }
  }

  private static Json.Obj write(Request request) {
    var json = Json.Obj.empty();
    return switch (request) {
      case Request.Cancel(var id, var why) ->
          json.with("do", "cancel").with("run", id).with("why", why);
      case Request.TakeOver(var id) -> json.with("do", "take-over").with("run", id);
      case Request.Retry(var id) -> json.with("do", "retry").with("run", id);
      case Request.Continue(var id, var text, var by) ->
          json.with("do", "continue").with("run", id).with("text", text).with("by", by);
      case Request.Approve(var id, var note, var by) ->
          json.with("do", "approve").with("run", id).with("note", note).with("by", by);
      case Request.Reject(var id, var why, var by) ->
          json.with("do", "reject").with("run", id).with("why", why).with("by", by);
    };
  }

  private static Request read(Json.Obj json) {
    var id = json.text("run");
    var by = json.findText("by").orElse("");
    return switch (json.text("do")) {
      case "cancel" -> new Request.Cancel(id, json.findText("why").orElse(""));
      case "take-over" -> new Request.TakeOver(id);
      case "retry" -> new Request.Retry(id);
      case "continue" -> new Request.Continue(id, json.findText("text").orElse(""), by);
      case "approve" -> new Request.Approve(id, json.findText("note").orElse(""), by);
      case "reject" -> new Request.Reject(id, json.findText("why").orElse(""), by);
      default -> throw new JsonException("unknown request '" + json.text("do") + "'");
    };
  }
}
