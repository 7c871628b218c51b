package adw.task.file;

import adw.task.Splice;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// One step of what is known of the file, as the journal writes it: the last version becomes the
/// next one. With a swap name it is a plan, and counts once the names were exchanged.
record JournalEntry(long seq, Exchange exchange, List<Splice> splices, Memory memory, Instant at) {
  /// The version `after` takes the place of the one that is expected under the file's name.
  ///
  /// @param swap the name that is exchanged with the file's; "": the file is as it shall be
  record Exchange(VersionHash expected, VersionHash after, String swap) {
    static Exchange none(VersionHash current) {
      return new Exchange(current, current, "");
    }
  }

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
    return new JournalEntry(seq, exchange, splices, other, at);
  }

  boolean isPlan() {
    return !exchange.swap.isEmpty();
  }
}
