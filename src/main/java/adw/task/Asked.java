package adw.task;

import java.util.Optional;

/// A command as the journal keeps it until it is handled; the line is found again when it is given.
record Asked(Kind kind, String id, String lineText, String words) {
  enum Kind {
    START_OVER,
    CONTINUE,
    DO_NOT_RUN,
    CANCEL,
    TAKEN_OVER
  }

  /// The command on the line as it is now; empty when the line says otherwise by now.
  Optional<PersonCommand> on(Document document) {
    var task = find(document);
    return switch (kind) {
      case START_OVER -> task.filter(Asked::isOpen).map(t -> new PersonCommand.StartOver(t, run()));
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

  private Optional<Task> find(Document document) {
    var showsId = kind == Kind.CONTINUE || kind == Kind.CANCEL;
    var byId = showsId ? document.findById(id) : Optional.<Task>empty();
    return byId.or(() -> document.tasks().stream().filter(this::isMeant).findFirst());
  }

  private boolean isMeant(Task task) {
    return Matching.key(task).equals(lineText) && fits(task.mark());
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
