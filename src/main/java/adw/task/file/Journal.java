package adw.task.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import adw.os.DurableFiles;
import adw.os.NewFolders;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;

/// The daemon's own edits, and the last version of the file, on disk: records that are only ever
/// added, until all of it is written anew in a shorter form. Used under the lock; several processes
/// share it, so it is looked at again each time the lock was taken.
///
///     "adwjrnl1" generation ( length checksum record )*
final class Journal {
  private static final long MAGIC = ByteBuffer.wrap("adwjrnl1".getBytes(US_ASCII)).getLong();
  private static final int HEADER = 16;
  private static final int FRAME = 8;
  private static final int MIN_COMPACT = 256 << 10;

  private final Path folder;
  private final Path log;
  private final RecentTexts recent;
  private JournalState known = new JournalState();
  private long generation;
  private long end;
  private boolean isDoneOwed;
  private Optional<String> damage = Optional.empty();
  private String told = "";

  Journal(Path folder, RecentTexts recent) {
    this.folder = folder;
    this.recent = recent;
    this.log = folder.resolve("log");
    this.end = HEADER;
  }

  JournalState known() {
    return known;
  }

  /// Takes in what other processes added since.
  JournalState refresh() throws IOException {
    if (!Files.exists(log)) {
      restart(0);
      return known;
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      var found = generation(file);
      if (found != generation || file.length() < end) {
        restart(found);
      }
      readFrom(file);
    }
    return known;
  }

  /// What was found in it that cannot be read; once.
  Optional<String> takeDamage() {
    var fresh = damage.filter(what -> !what.equals(told));
    fresh.ifPresent(what -> told = what);
    return fresh;
  }

  private void restart(long found) {
    known = new JournalState();
    recent.abandoned();
    isDoneOwed = false;
    generation = found;
    end = HEADER;
  }

  /// Changes when all was written anew; 0: this is no journal.
  private static long generation(RandomAccessFile file) throws IOException {
    return file.length() >= HEADER && file.readLong() == MAGIC ? file.readLong() : 0;
  }

  /// A record that is cut off or damaged is the last that anybody wrote: it ends there.
  private void readFrom(RandomAccessFile file) throws IOException {
    damage = Optional.empty();
    if (generation == 0 && file.length() > 0) {
      noteDamage(file.length(), 0);
    }
    if (file.length() <= end || generation == 0) {
      return;
    }
    // Whoever wrote after us has found out how our last write ended.
    isDoneOwed = false;
    file.seek(end);
    var added = new byte[(int) (file.length() - end)];
    file.readFully(added);
    var in = ByteBuffer.wrap(added);
    while (in.remaining() > FRAME) {
      var length = in.getInt();
      var checksum = in.getInt();
      if (length <= 0
          || length > in.remaining()
          || checksum(added, in.position(), length) != checksum) {
        noteDamage(file.length() - end, end);
        return;
      }
      var record = new byte[length];
      in.get(record);
      take(record);
      end += FRAME + length;
    }
  }

  private void noteDamage(long bytes, long from) {
    damage =
        Optional.of(
            "%s: %d bytes from byte %d on cannot be read: the file and the records of the runs tell what stood there (adw undo --file lists what the file was before)"
                .formatted(log, bytes, from));
  }

  private void take(byte[] record) throws IOException {
    try {
      JournalCodec.apply(record, known, recent);
    } catch (IOException | IllegalArgumentException strange) {
      throw new IOException(
          log
              + ": a record that this adw cannot read: "
              + strange.getMessage()
              + " (use the newer adw that wrote it, or adw reset)",
          strange);
    }
  }

  /// The first version ever seen.
  void start(byte[] version, String position, JournalEntry.Memory memory) throws IOException {
    var first = new JournalState();
    first.start(1, version, position, memory);
    compact(first);
    known = first;
  }

  /// A plan and a command are on the disk when this returns; what a save alone has changed is found
  /// out again from the save.
  void add(JournalEntry change, byte[] next) throws IOException {
    append(JournalCodec.change(change), change.isPlan() || !change.memory().asked().isEmpty());
    recent.abandoned();
    known.add(change, Optional.of(next));
    compactIfLong();
  }

  /// A text that stood under the file's name. Where a write was begun that takes it away, or puts
  /// in its place what it brought, it counts once that has succeeded.
  void add(RecentTexts.Text text) throws IOException {
    append(JournalCodec.text(text), false);
    addKnown(text);
  }

  /// One of which other processes can tell from the versions what is in it.
  void addKnown(RecentTexts.Text text) {
    if (known.plan().isPresent()) {
      recent.plan(text);
    } else {
      recent.add(text);
    }
  }

  /// The names were exchanged. Not synced, and written with the next record if the disk is full
  /// now: whoever starts after a crash sees it in the files.
  void done() throws IOException {
    known.done();
    recent.done();
    try {
      append(JournalCodec.done(), false);
    } catch (IOException full) {
      isDoneOwed = true;
      return;
    }
    compactIfLong();
  }

  void abandoned() throws IOException {
    append(JournalCodec.abandoned(), false);
    known.abandoned();
    recent.abandoned();
  }

  void handled(int count) throws IOException {
    append(JournalCodec.handled(count), true);
    known.handled(count);
  }

  void forget() throws IOException {
    Files.deleteIfExists(log);
    restart(0);
  }

  void moved(String position) throws IOException {
    append(JournalCodec.moved(position), false);
    known.moved(position);
  }

  private void append(byte[] record, boolean sync) throws IOException {
    if (isDoneOwed) {
      write(JournalCodec.done(), false);
      isDoneOwed = false;
    }
    write(record, sync);
  }

  private void write(byte[] record, boolean sync) throws IOException {
    var frame = ByteBuffer.allocate(FRAME + record.length);
    frame.putInt(record.length).putInt(checksum(record, 0, record.length)).put(record);
    try (var file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(end);
      file.seek(end);
      write(file, frame.array(), sync);
      end += frame.capacity();
    }
  }

  /// On a full disk half a record may be there: it is taken back.
  private void write(RandomAccessFile file, byte[] bytes, boolean sync) throws IOException {
    try {
      file.write(bytes);
      if (sync) {
        file.getFD().sync();
      }
    } catch (IOException full) {
      file.setLength(end);
      throw full;
    }
  }

  /// It is written anew to save room alone: where that fails, it stays long.
  private void compactIfLong() {
    if (end > Math.max(MIN_COMPACT, 4L * known.bytes().length) && known.plan().isEmpty()) {
      try {
        compact(known);
      } catch (IOException full) {
        return; // the next record tries again
      }
    }
  }

  private void compact(JournalState all) throws IOException {
    var record = JournalCodec.snapshot(all);
    var next = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    var text = ByteBuffer.allocate(HEADER + FRAME + record.length);
    text.putLong(MAGIC).putLong(next);
    text.putInt(record.length).putInt(checksum(record, 0, record.length)).put(record);
    NewFolders.make(folder);
    try {
      DurableFiles.replace(log, text.array());
    } finally {
      // It may be there although the folder could not be synced.
      if (isOfGeneration(next)) {
        generation = next;
        end = text.capacity();
      }
    }
  }

  private boolean isOfGeneration(long wanted) throws IOException {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      return generation(file) == wanted;
    } catch (FileNotFoundException none) {
      return false;
    }
  }

  private static int checksum(byte[] bytes, int from, int length) {
    var crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
