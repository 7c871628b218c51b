package adw.task;

import java.time.ZonedDateTime;
import java.util.List;

/// Decides for each task of a file whether it can start now.
public final class Readiness {
  private Readiness() {}

  /// In file order, one for each task.
  public static List<Decision> of(Document document, Facts facts, ZonedDateTime now) {
    return document.tasks().stream()
        .map(task ->
            new Decision(
                task,
                switch (task.mark()) {
                  case Mark.Pending _ -> new Decision.Ready(List.of());
                  default -> new Decision.Started();
                }))
        .toList();
  }
}
