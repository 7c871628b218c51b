package adw.task.file;

import adw.task.Splice;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// One step of what is known of the file, as the journal writes it: the last version becomes the
/// next one. With a swap name it is a plan, and counts once the names were exchanged.
record JournalEntry(
    long seq,
    VersionHash expected,
    VersionHash after,
    String swap,
    List<Splice> splices,
    Memory memory,
    Instant at) {

  /// What changes besides the bytes.
  ///
  /// @param broughtBack lines that a save had not and could not have known; not kept on the disk
  record Memory(
      List<TrackedLine> tracked,
      List<JournaledCommand> asked,
      List<String> notices,
      Set<String> foreign,
      Set<Long> broughtBack,
      List<PutBackLine> putBacks) {
    static final Memory NONE =
        new Memory(List.of(), List.of(), List.of(), Set.of(), Set.of(), List.of());

    /// Nothing but these lines and commands changes.
    static Memory of(JournalState known, List<TrackedLine> tracked, List<JournaledCommand> asked) {
      return new Memory(
          tracked, asked, known.notices(), known.foreign(), Set.of(), known.putBacks());
    }

    Memory withPutBacks(List<PutBackLine> all) {
      return new Memory(tracked, asked, notices, foreign, broughtBack, all);
    }

    Memory {
      tracked = List.copyOf(tracked);
      asked = List.copyOf(asked);
      notices = List.copyOf(notices);
      foreign = Set.copyOf(foreign);
      broughtBack = Set.copyOf(broughtBack);
      putBacks = List.copyOf(putBacks);
    }
  }

  JournalEntry with(Memory other) {
    return new JournalEntry(seq, expected, after, swap, splices, other, at);
  }

  boolean isPlan() {
    return !swap.isEmpty();
  }
}
