package adw.task.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.task.Splice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The bytes of one journal record, and what they do to what is known.
final class JournalCodec {
  private static final int SNAPSHOT = 1;
  private static final int CHANGE = 2;
  private static final int DONE = 3;
  private static final int ABANDONED = 4;
  private static final int HANDLED = 5;
  private static final int MOVED = 6;
  private static final int TEXT = 7;

  private JournalCodec() {}

  /// Writes or reads one part of a record.
  private interface Writer<T> {
    void write(DataOutputStream out, T value) throws IOException;
  }

  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  static byte[] snapshot(JournalState known) throws IOException {
    return record(
        SNAPSHOT,
        out -> {
          out.writeLong(known.seq());
          write(out, known.bytes());
          write(out, known.position());
          var memory = known.memory();
          write(out, memory);
          writeAll(out, memory.putBacks(), JournalCodec::write);
        });
  }

  static byte[] change(JournalEntry change) throws IOException {
    return record(
        CHANGE,
        out -> {
          out.writeLong(change.seq());
          write(out, change.exchange().expected());
          write(out, change.exchange().after());
          write(out, change.exchange().swap());
          writeAll(out, change.splices(), JournalCodec::write);
          write(out, change.memory());
          out.writeLong(change.at().toEpochMilli());
          writeAll(out, change.memory().putBacks(), JournalCodec::write);
        });
  }

  static byte[] done() throws IOException {
    return record(DONE, _ -> {});
  }

  static byte[] abandoned() throws IOException {
    return record(ABANDONED, _ -> {});
  }

  static byte[] handled(int count) throws IOException {
    return record(HANDLED, out -> out.writeInt(count));
  }

  static byte[] moved(String position) throws IOException {
    return record(MOVED, out -> write(out, position));
  }

  static byte[] text(RecentTexts.Text text) throws IOException {
    return record(
        TEXT,
        out -> {
          write(out, text.bytes());
          write(out, text.place());
          writeAll(out, text.brought(), JournalCodec::write);
          out.writeLong(text.until().toEpochMilli());
        });
  }

  static void apply(byte[] record, JournalState known, RecentTexts recent) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(record));
    var kind = in.readUnsignedByte();
    switch (kind) {
      case SNAPSHOT ->
          known.start(in.readLong(), readBytes(in), readText(in), withPutBacks(readMemory(in), in));
      case CHANGE -> apply(readChange(in), known, recent);
      case DONE -> {
        known.done();
        recent.done();
      }
      case ABANDONED -> {
        known.abandoned();
        recent.abandoned();
      }
      case HANDLED -> known.handled(in.readInt());
      case MOVED -> known.moved(readText(in));
      case TEXT -> apply(readRecent(in), known, recent);
      default -> throw new IOException("of unknown kind " + kind);
    }
  }

  /// What another process took away was mostly the version before; else it tells.
  private static void apply(JournalEntry change, JournalState known, RecentTexts recent) {
    recent.abandoned();
    if (change.isPlan() && change.exchange().expected().equals(known.print())) {
      recent.plan(
          new RecentTexts.Text(known.bytes(), change.exchange().swap(), Set.of(), change.at()));
    }
    known.add(change);
  }

  /// What stands behind a plan belongs to it.
  private static void apply(RecentTexts.Text text, JournalState known, RecentTexts recent) {
    if (known.plan().isPresent()) {
      recent.plan(text);
    } else {
      recent.add(text);
    }
  }

  private static RecentTexts.Text readRecent(DataInputStream in) throws IOException {
    return new RecentTexts.Text(
        readBytes(in),
        readText(in),
        new LinkedHashSet<>(readAll(in, JournalCodec::readText)),
        readInstant(in));
  }

  private static Instant readInstant(DataInputStream in) throws IOException {
    return Instant.ofEpochMilli(in.readLong());
  }

  private interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] record(int kind, Content content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeByte(kind);
    content.write(out);
    return bytes.toByteArray();
  }

  private static JournalEntry readChange(DataInputStream in) throws IOException {
    var change =
        new JournalEntry(
            in.readLong(),
            new JournalEntry.Exchange(readFingerprint(in), readFingerprint(in), readText(in)),
            readAll(in, JournalCodec::readSplice),
            readMemory(in),
            in.available() > 0 ? readInstant(in) : Instant.EPOCH); // the first journals tell none
    return change.with(withPutBacks(change.memory(), in));
  }

  /// Earlier journals know of none.
  private static JournalEntry.Memory withPutBacks(JournalEntry.Memory memory, DataInputStream in)
      throws IOException {
    return in.available() > 0
        ? memory.withPutBacks(readAll(in, JournalCodec::readPutBack))
        : memory;
  }

  private static void write(DataOutputStream out, PutBackLine putBack) throws IOException {
    write(out, putBack.runId());
    write(out, putBack.held());
  }

  private static PutBackLine readPutBack(DataInputStream in) throws IOException {
    return new PutBackLine(readText(in), readText(in));
  }

  private static void write(DataOutputStream out, JournalEntry.Memory memory) throws IOException {
    writeAll(out, memory.tracked(), JournalCodec::write);
    writeAll(out, memory.asked(), JournalCodec::write);
    writeAll(out, memory.notices(), JournalCodec::write);
    writeAll(out, memory.foreign(), JournalCodec::write);
  }

  private static JournalEntry.Memory readMemory(DataInputStream in) throws IOException {
    return new JournalEntry.Memory(
        readAll(in, JournalCodec::readTracked),
        readAll(in, JournalCodec::readAsked),
        readAll(in, JournalCodec::readText),
        new LinkedHashSet<>(readAll(in, JournalCodec::readText)),
        Set.of(),
        List.of());
  }

  private static void write(DataOutputStream out, TrackedLine line) throws IOException {
    out.writeLong(line.key());
    write(out, line.text());
    write(out, line.name());
    write(out, line.origin().name());
    write(out, line.from());
    writeAll(out, line.steps(), JournalCodec::write);
    write(out, line.where().name());
  }

  private static TrackedLine readTracked(DataInputStream in) throws IOException {
    return new TrackedLine(
        in.readLong(),
        readText(in),
        readOptional(in),
        new TrackedLine.Arrival(TrackedLine.Origin.valueOf(readText(in)), readText(in)),
        readAll(in, JournalCodec::readStep),
        TrackedLine.Where.valueOf(readText(in)));
  }

  private static void write(DataOutputStream out, TrackedLine.Step step) throws IOException {
    out.writeLong(step.seq());
    write(out, step.marker());
    write(out, step.tail());
    out.writeBoolean(step.moved());
  }

  private static TrackedLine.Step readStep(DataInputStream in) throws IOException {
    return new TrackedLine.Step(in.readLong(), readText(in), readText(in), in.readBoolean());
  }

  private static void write(DataOutputStream out, JournaledCommand asked) throws IOException {
    write(out, asked.kind().name());
    write(out, asked.id());
    write(out, asked.lineText());
    write(out, asked.words());
  }

  private static JournaledCommand readAsked(DataInputStream in) throws IOException {
    var kind = JournaledCommand.Kind.valueOf(readText(in));
    return new JournaledCommand(kind, readText(in), readText(in), readText(in));
  }

  private static void write(DataOutputStream out, Splice splice) throws IOException {
    out.writeInt(splice.start());
    out.writeInt(splice.end());
    write(out, splice.bytes());
  }

  private static Splice readSplice(DataInputStream in) throws IOException {
    return new Splice(in.readInt(), in.readInt(), readBytes(in));
  }

  private static void write(DataOutputStream out, VersionHash print) throws IOException {
    out.writeLong(print.size());
    out.writeInt(print.crc());
    out.writeInt(print.crcC());
  }

  private static VersionHash readFingerprint(DataInputStream in) throws IOException {
    return new VersionHash(in.readLong(), in.readInt(), in.readInt());
  }

  private static void write(DataOutputStream out, Optional<String> text) throws IOException {
    out.writeBoolean(text.isPresent());
    write(out, text.orElse(""));
  }

  private static Optional<String> readOptional(DataInputStream in) throws IOException {
    var isPresent = in.readBoolean();
    var text = readText(in);
    return isPresent ? Optional.of(text) : Optional.empty();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    write(out, text.getBytes(UTF_8));
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), UTF_8);
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }

  private static <T> void writeAll(DataOutputStream out, Collection<T> all, Writer<T> writer)
      throws IOException {
    out.writeInt(all.size());
    for (var each : all) {
      writer.write(out, each);
    }
  }

  private static <T> List<T> readAll(DataInputStream in, Reader<T> reader) throws IOException {
    var count = in.readInt();
    var all = new ArrayList<T>(Math.min(count, 1024));
    for (var i = 0; i < count; i++) {
      all.add(reader.read(in));
    }
    return all;
  }
}
