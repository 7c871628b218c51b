package adw.spend;

import adw.json.Json;
import adw.json.JsonException;
import adw.os.DurableFiles;
import adw.os.LockFile;
import adw.os.NewFolders;
import adw.os.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/// What people have added to budgets since they were set: `adw budget +20` adds to this day's.
public final class BudgetRaises {
  private final Path file;

  /// @param folder shared by all processes of a repository
  public BudgetRaises(Path folder) {
    this.file = folder.resolve("raises.json");
  }

  public void add(Cap cap, double usd, Instant now) throws IOException, InterruptedException {
    NewFolders.make(file.resolveSibling(""));
    try (var _ = LockFile.open(file.resolveSibling("raises.lock")).lock()) {
      var raised = read().with(cap.subject(now), Json.Num.of(of(cap, now) + usd));
      DurableFiles.replace(file, raised.write().getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Dollars by which the cap was raised.
  public double of(Cap cap, Instant now) throws IOException {
    return read().findDouble(cap.subject(now)).orElse(0.0);
  }

  private Json.Obj read() throws IOException {
    try {
      return Json.parseObject(TextFile.readAny(file));
    } catch (NoSuchFileException | JsonException _) {
      return Json.Obj.empty(); // also of a damaged file nothing may be spent that nobody allowed
    }
  }
}
