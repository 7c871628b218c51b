package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.os.FileStat;
import java.util.Optional;

/// A path where the files differ from the index: no state if the file is gone, no entry if git does
/// not know it, same content if only the remembered state is old.
@SuppressWarnings("ArrayRecordComponent") // a path, never changed
record StatusEntry(byte[] path, Optional<IndexEntry> entry, Optional<FileStat> state, Kind kind) {
  enum Kind {
    NEW,
    CHANGED,
    GONE,
    REPOSITORY,
    SAME_CONTENT
  }

  boolean isDifferent() {
    return kind != Kind.SAME_CONTENT;
  }

  Change change() {
    var text = new String(path, UTF_8);
    return switch (kind) {
      case NEW -> new Change(text, Change.Kind.NEW);
      case REPOSITORY -> new Change(text + "/", Change.Kind.REPOSITORY);
      case CHANGED, GONE, SAME_CONTENT -> new Change(text, Change.Kind.CHANGED);
    };
  }

  long size() {
    return state.filter(FileStat::isFile).map(FileStat::size).orElse(0L);
  }
}
