package adw.task;

import java.util.Optional;
import java.util.Set;

/// A text that is about to be written, and what is known once it is there.
///
/// @param brought lines in it that only the author of another save can know
/// @param save the displaced save that it takes in
@SuppressWarnings("ArrayRecordComponent")
record Draft(Document document, Change.Memory memory, Set<String> brought, Optional<byte[]> save) {
  static Draft of(Document document, Change.Memory memory) {
    return new Draft(document, memory, Set.of(), Optional.empty());
  }

  static Draft of(Replayed replayed) {
    return of(replayed.document(), replayed.memory());
  }

  static Draft bringingOthers(byte[] current, Replayed replayed) {
    var brought = Recent.brought(current, replayed.document().bytes());
    return new Draft(replayed.document(), replayed.memory(), brought, Optional.empty());
  }

  static Draft ofSave(byte[] save, byte[] current, Replayed replayed) {
    var brought = Recent.brought(current, replayed.document().bytes());
    return new Draft(replayed.document(), replayed.memory(), brought, Optional.of(save));
  }
}
