package adw.run;

import adw.os.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A small file of ours with one JSON object in it, which counts as empty where there is none.
public record JsonFile(Path path) {
  public Json.Obj read() throws IOException {
    try {
      return Json.parseObject(Files.readString(path, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Json.Obj.empty();
    } catch (RunException e) {
      throw new RunException(path + ": " + e.getMessage() + " (delete it)", e);
    }
  }

  /// Replaces it as a whole; it survives a power cut.
  public void write(Json.Obj json) throws IOException {
    Durable.replace(path, (json.write() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// Whether there was one.
  public boolean delete() throws IOException {
    return Files.deleteIfExists(path);
  }
}
