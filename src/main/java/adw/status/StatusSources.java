package adw.status;

import adw.planning.Planner;
import adw.run.RunStore;
import adw.task.TaskDocument;
import adw.text.LocalClock;
import java.io.IOException;
import java.nio.file.Path;

/// Where a look at a repository reads.
///
/// @param taskFileName how messages call the task file
/// @param archive where lines that are over are put; it need not be there
/// @param minFree bytes below which nothing new starts
public record StatusSources(
    Path taskFile,
    String taskFileName,
    Path archive,
    DocumentSource document,
    Planner.View view,
    long minFree,
    LocalClock clock) {
  /// Reads the task file as it is now.
  @FunctionalInterface
  public interface DocumentSource {
    TaskDocument read() throws IOException;
  }

  public RunStore runs() {
    return view.runs();
  }
}
