package adw.task.file;

import adw.task.Mark;
import adw.task.Task;
import adw.task.TaskDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command as the journal keeps it until it is handled; the line is found again when it is given.
record JournaledCommand(Kind kind, String id, String lineText, String words) {
  enum Kind {
    START_OVER,
    CONTINUE,
    DO_NOT_RUN,
    CANCEL,
    TAKEN_OVER
  }

  static JournaledCommand cancel(TrackedLine line) {
    return new JournaledCommand(
        Kind.CANCEL, line.mark().id().orElse(""), LineMatching.key(line.text()), "");
  }

  /// The commands on the lines as they are now, without those whose line says otherwise by now.
  static List<PersonCommand> on(TaskDocument document, List<JournaledCommand> all) {
    var byId = new HashMap<String, Task>();
    var byKey = new HashMap<String, List<Task>>();
    for (var task : all.isEmpty() ? List.<Task>of() : document.tasks()) {
      task.mark().id().ifPresent(id -> byId.putIfAbsent(id, task));
      byKey.computeIfAbsent(LineMatching.key(task), _ -> new ArrayList<>()).add(task);
    }
    return all.stream().flatMap(asked -> asked.on(asked.find(byId, byKey)).stream()).toList();
  }

  private Optional<PersonCommand> on(Optional<Task> task) {
    return switch (kind) {
      case START_OVER ->
          task.filter(JournaledCommand::isOpen).map(t -> new PersonCommand.StartOver(t, run()));
      case CONTINUE ->
          task.filter(t -> !(t.mark() instanceof Mark.Running))
              .map(t -> new PersonCommand.Continue(t, id, words));
      case DO_NOT_RUN ->
          task.filter(t -> t.mark() instanceof Mark.Cancelled).map(PersonCommand.DoNotRun::new);
      case CANCEL -> Optional.of(new PersonCommand.Cancel(id, task));
      case TAKEN_OVER ->
          task.<PersonCommand>map(t -> new PersonCommand.TakenOver(id, t))
              .or(() -> Optional.of(new PersonCommand.Cancel(id, Optional.empty())));
    };
  }

  private Optional<String> run() {
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }

  private Optional<Task> find(Map<String, Task> byId, Map<String, List<Task>> byKey) {
    var showsId = kind == Kind.CONTINUE || kind == Kind.CANCEL;
    var named = showsId ? Optional.ofNullable(byId.get(id)) : Optional.<Task>empty();
    return named.or(() ->
        byKey.getOrDefault(lineText, List.of()).stream()
            .filter(task -> fits(task.mark()))
            .findFirst());
  }

  private boolean fits(Mark mark) {
    return switch (kind) {
      case START_OVER -> mark instanceof Mark.Pending || mark instanceof Mark.Retry;
      case CONTINUE -> false;
      case DO_NOT_RUN, CANCEL -> mark instanceof Mark.Cancelled;
      case TAKEN_OVER -> mark instanceof Mark.Done;
    };
  }

  private static boolean isOpen(Task task) {
    return task.mark() instanceof Mark.Pending || task.mark() instanceof Mark.Retry;
  }
}
