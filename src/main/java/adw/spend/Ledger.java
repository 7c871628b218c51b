package adw.spend;

import adw.json.DamagedFiles;
import adw.json.Json;
import adw.json.JsonException;
import adw.os.LineLog;
import adw.os.LockFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What was spent, one line an agent's call, shared by all processes of a repository. Lines are
/// only ever appended; a line cut off by a crash is passed over.
public final class Ledger {
  private static final Duration SLACK = Duration.ofDays(1);

  /// Nearer than this nothing is searched: it is read.
  private static final int NEAR = 1 << 16;

  /// No entry of ours is nearly so long; one that is would be read again and again.
  private static final int LONGEST_LINE = 1 << 20;

  private static final int LONGEST_WORD = 4_000;

  private final Path file;
  private final LockFile lock;
  private final DamagedFiles damages;

  /// @param file the ledger, which need not be there; `ledger.lock` lies beside it
  /// @param damages is told of lines that cannot be read
  public Ledger(Path file, DamagedFiles damages) throws IOException {
    this.file = file;
    this.damages = damages;
    this.lock = LockFile.open(file.resolveSibling("ledger.lock"));
  }

  /// One entry.
  ///
  /// @param group the group or flow whose budget it also counts against, or ""
  public record Entry(
      Instant at, String run, String group, String agent, String model, Usage usage) {
    Json.Obj toJson() {
      return Json.Obj.empty()
          .with("at", at.toString())
          .with("run", cut(run))
          .with("group", cut(group))
          .with("agent", cut(agent))
          .with("model", cut(model))
          .with("usage", usage.toJson());
    }

    private static String cut(String word) {
      return word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD);
    }

    private static Entry of(Json.Obj json) {
      return new Entry(
          instant(json.text("at")),
          json.text("run"),
          json.findText("group").orElse(""),
          json.findText("agent").orElse(""),
          json.findText("model").orElse(""),
          Usage.of(json.findObject("usage").orElse(Json.Obj.empty())));
    }
  }

  /// As `Instant` writes itself. The JDK's parser of times takes long to get ready, and is for any.
  private static Instant instant(String text) {
    if (text.length() < 20 || text.charAt(10) != 'T' || !text.endsWith("Z")) {
      return Instant.parse(text);
    }
    var nanos = text.length() == 20 ? "" : text.substring(20, text.length() - 1);
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19),
            number((nanos + "000000000"), 0, 9))
        .toInstant(ZoneOffset.UTC);
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  /// Appends the entry; it survives a power cut.
  public void add(Entry entry) throws IOException, InterruptedException {
    try (var _ = lock.lock()) {
      new LineLog(file).append(entry.toJson().write());
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  /// The sum over the entries that the filter accepts.
  public Usage sum(Predicate<Entry> filter) throws IOException {
    var sum = new Usage[] {Usage.NONE};
    read(
        0,
        entry -> {
          if (filter.test(entry)) {
            sum[0] = sum[0].plus(entry.usage());
          }
        });
    return sum[0];
  }

  /// Gives every entry behind that place of the file, for who adds up while others write.
  ///
  /// @return the place behind the last of them
  public long read(long from, Consumer<Entry> each) throws IOException {
    if (!Files.exists(file) || Files.size(file) == from) {
      return from;
    }
    try (var in = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(in, from, each);
    }
  }

  private long read(FileChannel in, long from, Consumer<Entry> each) throws IOException {
    var place = from;
    var left = new byte[0];
    var isCutting = false;
    var buffer = ByteBuffer.allocate(NEAR);
    while (in.read(buffer.clear(), place + left.length) > 0) {
      var bytes = concat(left, Arrays.copyOf(buffer.array(), buffer.position()));
      var start = 0;
      for (var end = 0; end < bytes.length; end++) {
        if (bytes[end] == '\n') {
          var line = isCutting ? "" : new String(bytes, start, end - start, StandardCharsets.UTF_8);
          var entry = parse(line);
          if (entry != null) {
            each.accept(entry);
          }
          isCutting = false;
          start = end + 1;
        }
      }
      if (bytes.length - start > LONGEST_LINE) {
        damages.note(file, "a line of more than 1 MiB counts for nothing (take it out)");
        isCutting = true;
        start = bytes.length;
      }
      place += start;
      left = Arrays.copyOfRange(bytes, start, bytes.length);
    }
    return place;
  }

  private static @Nullable Entry parse(String line) {
    try {
      return Entry.of(Json.parseObject(line));
    } catch (JsonException | DateTimeException | NumberFormatException e) {
      return null; // cut off by a crash: the call it tells of was never reported either
    }
  }

  /// A place before the first entry of that time, give or take a clock that was set by a day: who
  /// wants the last ones need not read the work of years.
  public long findPlace(Instant since) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    var wanted = since.equals(Instant.EPOCH) ? since : since.minus(SLACK);
    try (var in = FileChannel.open(file, StandardOpenOption.READ)) {
      var low = 0L;
      for (var high = in.size(); high - low > NEAR; ) {
        var middle = low + (high - low) / 2;
        var line = findLine(in, middle);
        if (line == null) {
          return low;
        }
        if (line.entry().at().isBefore(wanted)) {
          low = line.place();
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  private record Line(long place, Entry entry) {}

  /// The first whole entry behind that place.
  private static @Nullable Line findLine(FileChannel in, long from) throws IOException {
    var bytes = ByteBuffer.allocate(NEAR);
    in.read(bytes, from);
    var text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    for (var end = text.indexOf('\n'); end >= 0; ) {
      var start = end + 1;
      end = text.indexOf('\n', start);
      var entry = end < 0 ? null : parse(text.substring(start, end));
      if (entry != null) {
        return new Line(from + start, entry);
      }
    }
    return null;
  }

  /// What was spent on a calendar day.
  public Usage day(LocalDate day, ZoneId zone) throws IOException {
    var sum = new Usage[] {Usage.NONE};
    read(
        findPlace(day.atStartOfDay(zone).toInstant()),
        entry -> {
          if (LocalDate.ofInstant(entry.at(), zone).equals(day)) {
            sum[0] = sum[0].plus(entry.usage());
          }
        });
    return sum[0];
  }
}
