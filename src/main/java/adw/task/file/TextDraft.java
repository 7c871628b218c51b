package adw.task.file;

import adw.task.TaskDocument;
import java.util.Optional;
import java.util.Set;

/// A text that is about to be written, and what is known once it is there.
///
/// @param brought lines in it that only the author of another save can know
/// @param save the displaced save that it takes in
@SuppressWarnings("ArrayRecordComponent")
record TextDraft(
    TaskDocument document, JournalEntry.Memory memory, Set<String> brought, Optional<byte[]> save) {
  static TextDraft of(TaskDocument document, JournalEntry.Memory memory) {
    return new TextDraft(document, memory, Set.of(), Optional.empty());
  }

  static TextDraft of(ReplayResult replayed) {
    return of(replayed.document(), replayed.memory());
  }

  static TextDraft bringingOthers(byte[] current, ReplayResult replayed) {
    var brought = RecentTexts.brought(current, replayed.document().bytes());
    return new TextDraft(replayed.document(), replayed.memory(), brought, Optional.empty());
  }

  static TextDraft ofSave(byte[] save, byte[] current, ReplayResult replayed) {
    var brought = RecentTexts.brought(current, replayed.document().bytes());
    return new TextDraft(replayed.document(), replayed.memory(), brought, Optional.of(save));
  }
}
