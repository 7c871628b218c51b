package adw.json;

import adw.os.DurableFiles;
import adw.os.MachineLack;
import adw.os.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A small file of ours with one JSON object in it, which counts as empty where there is none, and
/// where it cannot be read.
///
/// @param damages where it is noted that it cannot be read
public record JsonFile(Path path, DamagedFiles damages) {
  public Json.Obj read() throws IOException {
    try {
      var json = Json.parseObject(TextFile.read(path));
      damages.forget(path);
      return json;
    } catch (NoSuchFileException e) {
      damages.forget(path);
      return Json.Obj.empty();
    } catch (IOException | JsonException e) {
      if (MachineLack.isPassing(e)) {
        throw e;
      }
      damages.note(path, "cannot be read and counts as empty: " + reason(e) + " (delete it)");
      return Json.Obj.empty();
    }
  }

  private String reason(Exception e) {
    return String.valueOf(e.getMessage()).replace(path + ": ", "");
  }

  /// Replaces it as a whole; it survives a power cut.
  public void write(Json.Obj json) throws IOException {
    DurableFiles.replace(path, (json.write() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// Whether there was one.
  public boolean delete() throws IOException {
    return Files.deleteIfExists(path);
  }
}
