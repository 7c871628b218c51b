package adw.status;

import adw.json.Json;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import adw.task.TaskFileException;
import adw.task.file.FileFault;
import adw.text.PlainText;
import adw.text.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Results that no line shows, since their line was deleted while they ran: nothing is lost because
/// nobody sees it.
public record UnshownResults(Run run) {
  /// Reads the records only of runs that neither the task file nor its archive names.
  ///
  /// @throws TaskFileException if the task file or the archive cannot be read
  public static List<UnshownResults> find(StatusSources sources) throws IOException {
    var runs = sources.runs();
    var ids = runs.ids();
    if (ids.isEmpty()) {
      return List.of();
    }
    var shown = new HashSet<String>();
    addIds(sources.taskFile(), shown);
    addIds(sources.archive(), shown);
    var unshown = new ArrayList<UnshownResults>();
    for (var id : ids) {
      if (!shown.contains(id)) {
        runs.find(id)
            .filter(UnshownResults::isLost)
            .map(UnshownResults::new)
            .ifPresent(unshown::add);
      }
    }
    return unshown;
  }

  private static boolean isLost(Run run) {
    return run.stage() instanceof Stage.Ended(var outcome, var shown)
        && !shown
        && !(outcome instanceof Outcome.TakenOver); // its line is the person's
  }

  private static void addIds(Path file, Set<String> ids) throws IOException {
    try {
      var text = new String(FileFault.read(file), StandardCharsets.ISO_8859_1);
      ids.addAll(RunId.findAll(text));
    } catch (NoSuchFileException e) {
      return; // no archive yet
    } catch (TaskFileException unusable) {
      throw new TaskFileException(file.getFileName() + ": " + unusable.getMessage());
    }
  }

  /// `1a2b3c4d add a login page done, on task-adw_1a2b3c4d`.
  public String line() {
    var outcome = run.outcome().map(end -> end.word()).orElse("");
    var branch = run.place().map(place -> ", on " + place.branch()).orElse("");
    return run.id() + "  " + PlainText.line(run.order().text()) + "  " + outcome + branch;
  }

  public Json.Obj toJson() {
    return Json.Obj.empty()
        .with("run", run.id())
        .with("text", run.order().text())
        .with("outcome", run.outcome().map(end -> end.word()))
        .with("branch", run.place().map(place -> place.branch()));
  }
}
