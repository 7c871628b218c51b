package adw.task;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Knows a report by the journal: it is one if we wrote it, or if the line is not ours.
final class JournalTails implements Tails {
  private final Supplier<Known> known;
  private final Set<String> coming = new HashSet<>();

  JournalTails(Supplier<Known> known) {
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
    if (Verdict.isHint(tail) || coming.contains(tail)) {
      return true;
    }
    var line = mark.id().flatMap(known.get()::find);
    if (line.isPresent()) {
      return isOurs(line.get(), tail);
    }
    return Tails.UNKNOWN.isTail(mark, text, tail)
        || (mark.id().isEmpty() && isLeftOver(text, tail));
  }

  private static boolean isOurs(Tracked line, String tail) {
    return line.steps().stream().anyMatch(step -> step.tail().equals(tail));
  }

  /// A report that stayed when the marker was taken away by hand.
  private boolean isLeftOver(String text, String tail) {
    var key = Matching.key(text);
    return known.get().mayBeTail(tail)
        && known.get().tracked().stream()
            .anyMatch(line -> isOurs(line, tail) && Matching.key(line.text()).equals(key));
  }
}
