package adw.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jgit.lib.ObjectId;

/// Objects of a repository as they were inflated for one worktree, kept for the next (`[worktree]
/// cache`): for one checkout, by all its threads. Shared by all processes, never larger than the
/// limit, and safe to delete at any moment.
final class KeptObjects implements AutoCloseable {
  /// So many files: beyond it, all that is still used is written into one, and the others go.
  private static final int MANY = 8;

  private final List<KeptPart> parts;
  private final KeptWriter writer;
  private final boolean renewed;
  private final LongAdder found = new LongAdder();
  private final LongAdder missed = new LongAdder();

  private KeptObjects(List<KeptPart> parts, KeptWriter writer, boolean renewed) {
    this.parts = parts;
    this.writer = writer;
    this.renewed = renewed;
  }

  /// @param limit in bytes; 0 for none at all
  static KeptObjects open(Path folder, long limit) {
    var parts = limit > 0 ? parts(folder) : List.<KeptPart>of();
    var size = parts.stream().mapToLong(KeptPart::size).sum();
    // Old and new are there at once for a moment: each has one half.
    var room = limit / 2 - size;
    var renewed = parts.size() >= MANY || (parts.size() > 1 && room < limit / 8);
    var writer = new KeptWriter(folder, renewed ? limit / 2 : room);
    return new KeptObjects(parts, writer, renewed);
  }

  private static List<KeptPart> parts(Path folder) {
    var parts = new ArrayList<KeptPart>();
    try (var files = Files.newDirectoryStream(folder, "*" + KeptWriter.PART)) {
      for (var file : files) {
        add(file, parts);
      }
    } catch (IOException _) {
      // Nothing was kept yet, or what was cannot be read: then all is read from the packs.
    }
    return parts;
  }

  private static void add(Path file, List<KeptPart> parts) throws IOException {
    try {
      var part = KeptPart.find(file);
      if (part.isEmpty()) {
        Files.deleteIfExists(file);
      }
      part.ifPresent(parts::add);
    } catch (NoSuchFileException _) {
      // Another process has put it into a larger one.
    }
  }

  /// For any thread.
  Optional<KeptPart.Content> find(ObjectId id, int type) {
    for (var part : parts) {
      var content = part.find(id).filter(each -> each.type() == type);
      if (content.isPresent()) {
        found.add(content.get().length());
        return content;
      }
    }
    return Optional.empty();
  }

  boolean holds(ObjectId id) {
    for (var part : parts) {
      if (part.holds(id)) {
        return true;
      }
    }
    return false;
  }

  /// Also what was found shall be kept: it comes from files that go.
  boolean isRenewed() {
    return renewed;
  }

  void miss(long bytes) {
    missed.add(bytes);
  }

  /// Whether there is any use in keeping more: not where nothing is kept at all.
  boolean isWritten() {
    return writer.hasRoom();
  }

  void keep(List<KeptPart.Kept> objects) {
    writer.keep(objects);
  }

  @Override
  public void close() {
    var written = writer.finish();
    parts.forEach(KeptPart::close);
    // The rest of them is of no use any more, or takes the room of what would be.
    if (renewed ? written : !written && missed.sum() > found.sum()) {
      parts.forEach(part -> KeptWriter.drop(part.path()));
    }
  }
}
