package adw.task.file;

import adw.task.Mark;
import adw.task.Task;

/// What a save says about one line that the daemon had marked.
public enum LineVerdict {
  /// The line stays as it was saved, and means nothing new.
  KEEP,
  /// It is the person's line again: what the journal knew of it no longer counts.
  RELEASE,
  /// Its author cannot have meant it: our last mark is written again.
  PUT_BACK,
  /// The same, and the person is told how to say it so that it counts.
  PUT_BACK_WITH_HINT,
  START_OVER,
  /// With the words of this save; without any, what was written before counts, or is asked for.
  CONTINUE,
  CANCEL,
  TAKEN_OVER;

  /// `line` is what the journal knows; `hasWords`: the person wrote `> …` below the line.
  static LineVerdict of(TrackedLine line, Mark was, Task now, boolean isSeen, boolean hasWords) {
    var mark = now.mark();
    if (mark.equals(was) || mark.equals(line.mark()) || mark instanceof Mark.Malformed) {
      return KEEP;
    }
    if (line.mark().id().isEmpty()) {
      return mark.id().isPresent() && !isSeen ? PUT_BACK : KEEP;
    }
    if (hasWords && mark instanceof Mark.Pending && !(line.mark() instanceof Mark.Running)) {
      return CONTINUE;
    }
    if (mark.id().isPresent() && !line.hasId(mark.id().get())) {
      return isSeen ? KEEP : PUT_BACK;
    }
    return line.mark().isEnd() ? ended(now, isSeen) : alive(line, now, isSeen);
  }

  private static LineVerdict alive(TrackedLine line, Task now, boolean isSeen) {
    var isMeant = isSeen || !line.from().equals(now.marker());
    return switch (now.mark()) {
      case Mark.Cancelled _ -> isMeant ? CANCEL : PUT_BACK;
      case Mark.Done _ -> isMeant ? TAKEN_OVER : PUT_BACK;
      case Mark.Retry _ -> line.mark() instanceof Mark.NeedsYou ? START_OVER : PUT_BACK;
      case Mark.Pending _ when isMeant && line.mark() instanceof Mark.NeedsYou -> CONTINUE;
      case Mark.Pending _,
          Mark.Blocked _,
          Mark.NotBefore _,
          Mark.Template _,
          Mark.Running _,
          Mark.NeedsYou _,
          Mark.Failed _,
          Mark.Malformed _ ->
          PUT_BACK;
    };
  }

  private static LineVerdict ended(Task now, boolean isSeen) {
    return switch (now.mark()) {
      case Mark.Retry _ -> START_OVER;
      case Mark.Pending _ -> isSeen ? START_OVER : PUT_BACK_WITH_HINT;
      case Mark.Blocked _, Mark.NotBefore _, Mark.Template _ -> isSeen ? RELEASE : PUT_BACK;
      case Mark.Done _, Mark.Failed _, Mark.Cancelled _ -> isSeen ? KEEP : PUT_BACK;
      case Mark.Running _, Mark.NeedsYou _, Mark.Malformed _ -> PUT_BACK;
    };
  }

  boolean isPutBack() {
    return this == PUT_BACK || this == PUT_BACK_WITH_HINT;
  }
}
