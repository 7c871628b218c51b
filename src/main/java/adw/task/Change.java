package adw.task;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// One step of what is known of the file, as the journal writes it: the last version becomes the
/// next one. With a swap name it is a plan, and counts once the names were exchanged.
record Change(
    long seq,
    Fingerprint expected,
    Fingerprint after,
    String swap,
    List<Splice> splices,
    Memory memory,
    Instant at) {

  /// What changes besides the bytes.
  ///
  /// @param broughtBack lines that a save had not and could not have known; not kept on the disk
  record Memory(
      List<Tracked> tracked,
      List<Asked> asked,
      List<String> notices,
      Set<String> foreign,
      Set<Long> broughtBack,
      List<PutBack> putBacks) {
    static final Memory NONE =
        new Memory(List.of(), List.of(), List.of(), Set.of(), Set.of(), List.of());

    /// Nothing but these lines and commands changes.
    static Memory of(Known known, List<Tracked> tracked, List<Asked> asked) {
      return new Memory(
          tracked, asked, known.notices(), known.foreign(), Set.of(), known.putBacks());
    }

    Memory withPutBacks(List<PutBack> all) {
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

  Change with(Memory other) {
    return new Change(seq, expected, after, swap, splices, other, at);
  }

  boolean isPlan() {
    return !swap.isEmpty();
  }
}
