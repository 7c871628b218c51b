package adw.status;

import adw.json.Json;
import adw.run.Run;
import adw.run.RunStore;
import adw.run.Stage;
import adw.task.StrayMark;
import adw.task.StrayMarks;
import adw.task.TaskDocument;
import adw.text.PlainText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A run that has not told the task file how it ended, and whose line is no task there now: its
/// mark stands in code, in a comment or behind escaped brackets, or nowhere.
///
/// @param line 1-based
/// @param why what hides the line, or that there is none
public record HiddenRun(Run run, Optional<Integer> line, String why) {
  public static List<HiddenRun> find(RunStore runs, TaskDocument document) throws IOException {
    var found = new ArrayList<HiddenRun>();
    var marks = new StrayMarks(document).ofNoTask();
    for (var mark : marks) {
      runs.find(mark.runId())
          .filter(HiddenRun::isUntold)
          .map(run -> of(run, mark))
          .ifPresent(found::add);
    }
    for (var id : runs.openIds()) {
      var isThere = marks.stream().anyMatch(mark -> mark.runId().equals(id));
      if (!isThere && document.findById(id).isEmpty()) {
        runs.find(id).filter(run -> !run.hasEnded()).map(HiddenRun::gone).ifPresent(found::add);
      }
    }
    return found;
  }

  private static boolean isUntold(Run run) {
    return !(run.stage() instanceof Stage.Ended(_, var shown)) || !shown;
  }

  private static HiddenRun of(Run run, StrayMark mark) {
    return new HiddenRun(run, Optional.of(mark.line()), "hidden by " + mark.where());
  }

  private static HiddenRun gone(Run run) {
    return new HiddenRun(run, Optional.empty(), "its line is not in the file");
  }

  /// `tasks.md:4 adw_1a2b3c4d add a login page: hidden by the code fence from line 3 on`.
  public String words(String file) {
    return file
        + line.map(at -> ":" + at).orElse("")
        + "  "
        + run.id()
        + "  "
        + PlainText.line(run.order().text())
        + ": "
        + why;
  }

  public Json.Obj toJson() {
    var told =
        Json.Obj.empty().with("run", run.id()).with("text", run.order().text()).with("why", why);
    return line.map(at -> told.with("line", at)).orElse(told);
  }
}
