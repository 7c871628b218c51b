package adw.task.file;

import adw.task.Edit;
import adw.task.Mark;
import adw.task.TailJudge;
import adw.task.TailText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Knows a report by the journal: it is one if we wrote it, or if the line is not ours.
final class JournalTails implements TailJudge {
  private final Supplier<JournalState> known;
  private final Set<String> coming = new HashSet<>();

  JournalTails(Supplier<JournalState> known) {
    this.known = known;
  }

  /// These are about to be written.
  void expect(List<Edit> edits) {
    coming.clear();
    for (var edit : edits) {
      switch (edit) {
        case Edit.Rewrite(_, _, var tail) -> tail.ifPresent(coming::add);
        case Edit.Restore(_, _, var tail) -> tail.ifPresent(coming::add);
        case Edit.MoveToDone _,
            Edit.InsertCopy _,
            Edit.InsertBelow _,
            Edit.InsertAbove _,
            Edit.InsertFirst _,
            Edit.Append _ -> {}
      }
    }
  }

  @Override
  public boolean isTail(Mark mark, String text, String tail) {
    if (TailText.isRetryHint(tail) || coming.contains(tail)) {
      return true;
    }
    var line = mark.id().flatMap(known.get()::find);
    if (line.isPresent()) {
      return isOurs(line.get(), tail);
    }
    return TailJudge.UNKNOWN.isTail(mark, text, tail)
        || (mark.id().isEmpty() && isLeftOver(text, tail));
  }

  private static boolean isOurs(TrackedLine line, String tail) {
    return line.steps().stream().anyMatch(step -> step.tail().equals(tail));
  }

  /// A report that stayed when the marker was taken away by hand.
  private boolean isLeftOver(String text, String tail) {
    var key = LineMatching.key(text);
    return known.get().mayBeTail(tail)
        && known.get().tracked().stream()
            .anyMatch(line -> isOurs(line, tail) && LineMatching.key(line.text()).equals(key));
  }
}
