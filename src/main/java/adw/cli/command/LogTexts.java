package adw.cli.command;

import adw.json.Json;
import adw.run.Run;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the processes of a run wrote, for programs: of each file its end.
final class LogTexts {
  private static final int LONGEST = 1 << 20;

  private LogTexts() {}

  static Json.Obj of(Run run, List<Path> files) throws IOException {
    var logs = new ArrayList<Json>();
    for (var file : files) {
      if (Files.exists(file)) {
        logs.add(log(file));
      }
    }
    return Json.Obj.empty().with("run", run.id()).with("logs", new Json.Arr(logs));
  }

  private static Json.Obj log(Path file) throws IOException {
    var stream = file.getFileName().toString().replace(".log", "");
    var process = file.resolveSibling("").getFileName().toString();
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      var size = in.length();
      var end = new byte[(int) Math.min(size, LONGEST)];
      in.seek(size - end.length);
      in.readFully(end);
      return Json.Obj.empty()
          .with("process", process)
          .with("stream", stream)
          .with("file", file.toString())
          .with("bytes", size)
          .with("text", new String(end, StandardCharsets.UTF_8));
    }
  }
}
