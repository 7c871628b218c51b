package adw.git;

import adw.os.MappedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.eclipse.jgit.lib.ObjectId;

/// One file of inflated objects; it never changes once it has its name. First the objects, then a
/// line of 40 bytes for each, sorted by id, then what tells a whole file from any other. Each
/// object and the lines have a checksum: a torn or foreign file gives nothing, never wrong bytes.
final class KeptPart implements AutoCloseable {
  private static final long MAGIC = 0x6164776f626a3031L; // adwobj01
  private static final int LINE = 40;
  private static final int END = 24;

  private final Path path;
  private final MappedFile file;
  private final ByteBuffer lines;

  private KeptPart(Path path, MappedFile file, ByteBuffer lines) {
    this.path = path;
    this.file = file;
    this.lines = lines;
  }

  /// An object's own line: where it is, what it is, and the checksum of its bytes.
  record Line(ObjectId id, long offset, int type, int length, int checksum)
      implements Comparable<Line> {
    @Override
    public int compareTo(Line other) {
      return id.compareTo(other.id);
    }
  }

  /// An object's bytes, in memory or in the file: all that is between position and limit.
  record Content(int type, ByteBuffer bytes) {
    int length() {
      return bytes.remaining();
    }

    byte[] copy() {
      var copy = new byte[length()];
      bytes.get(bytes.position(), copy);
      return copy;
    }
  }

  record Kept(ObjectId id, Content content, int checksum) {
    static Kept of(ObjectId id, Content content) {
      return new Kept(id.copy(), content, KeptPart.checksum(content.bytes));
    }
  }

  static byte[] end(List<Line> sorted, long offset) {
    var lines = ByteBuffer.allocate(sorted.size() * LINE);
    var raw = new byte[20];
    for (var line : sorted) {
      line.id.copyRawTo(raw, 0);
      lines.put(raw).putLong(line.offset).putInt(line.type);
      lines.putInt(line.length).putInt(line.checksum);
    }
    var end = ByteBuffer.allocate(END);
    end.putLong(offset).putInt(sorted.size()).putInt(checksum(lines.flip())).putLong(MAGIC);
    var all = new ByteArrayOutputStream();
    all.writeBytes(lines.array());
    all.writeBytes(end.array());
    return all.toByteArray();
  }

  private static int checksum(ByteBuffer bytes) {
    var sum = new CRC32C();
    sum.update(bytes.duplicate());
    return (int) sum.getValue();
  }

  /// Absent if it is not whole.
  static Optional<KeptPart> find(Path path) throws IOException {
    var file = MappedFile.open(path);
    var lines = lines(file);
    if (lines.isEmpty()) {
      file.close();
    }
    return lines.map(found -> new KeptPart(path, file, found));
  }

  private static Optional<ByteBuffer> lines(MappedFile file) {
    if (file.size() < END) {
      return Optional.empty();
    }
    var end = file.from(file.size() - END);
    var offset = end.getLong(0);
    var length = (long) end.getInt(8) * LINE;
    if (end.getLong(16) != MAGIC || offset < 0 || offset + length != file.size() - END) {
      return Optional.empty();
    }
    var bytes = new byte[(int) length];
    file.from(offset).get(bytes);
    var lines = ByteBuffer.wrap(bytes);
    return checksum(lines) == end.getInt(12) ? Optional.of(lines) : Optional.empty();
  }

  Path path() {
    return path;
  }

  long size() {
    return file.size();
  }

  boolean holds(ObjectId id) {
    return line(id) >= 0;
  }

  /// For any thread.
  Optional<Content> find(ObjectId id) {
    var line = line(id);
    return line < 0 ? Optional.empty() : read(line);
  }

  /// Where its line is; -1 if there is none.
  private int line(ObjectId id) {
    var words = new int[5];
    id.copyRawTo(words, 0);
    var from = 0;
    var to = lines.capacity() / LINE - 1;
    while (from <= to) {
      var middle = (from + to) >>> 1;
      var order = compare(words, middle * LINE);
      if (order == 0) {
        return middle * LINE;
      }
      if (order < 0) {
        to = middle - 1;
      } else {
        from = middle + 1;
      }
    }
    return -1;
  }

  private int compare(int[] words, int at) {
    for (var i = 0; i < words.length; i++) {
      var order = Integer.compareUnsigned(words[i], lines.getInt(at + i * 4));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private Optional<Content> read(int at) {
    var bytes = file.part(lines.getLong(at + 20), lines.getInt(at + 32));
    return checksum(bytes) == lines.getInt(at + 36)
        ? Optional.of(new Content(lines.getInt(at + 28), bytes))
        : Optional.empty();
  }

  @Override
  public void close() {
    file.close();
  }
}
