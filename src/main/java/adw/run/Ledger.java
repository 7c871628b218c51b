package adw.run;

import adw.os.Durable;
import adw.os.LockFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What was spent, one line an agent's call, shared by all processes of a repository. Lines are
/// only ever appended; a line cut off by a crash is passed over.
public final class Ledger {
  private final Path file;
  private final LockFile lock;

  public Ledger(State state) throws IOException {
    Files.createDirectories(state.root());
    this.file = state.ledger();
    this.lock = LockFile.open(state.root().resolve("ledger.lock"));
  }

  /// One entry.
  ///
  /// @param group the group or flow whose budget it also counts against, or ""
  public record Entry(
      Instant at, String run, String group, String agent, String model, Usage usage) {
    private Json.Obj toJson() {
      return Json.Obj.empty()
          .with("at", at.toString())
          .with("run", run)
          .with("group", group)
          .with("agent", agent)
          .with("model", model)
          .with("usage", usage.toJson());
    }

    private static Entry of(Json.Obj json) {
      return new Entry(
          Instant.parse(json.text("at")),
          json.text("run"),
          json.findText("group").orElse(""),
          json.findText("agent").orElse(""),
          json.findText("model").orElse(""),
          Usage.of(json.findObject("usage").orElse(Json.Obj.empty())));
    }
  }

  /// Appends the entry; it survives a power cut.
  public void add(Entry entry) throws IOException, InterruptedException {
    var line = (entry.toJson().write() + "\n").getBytes(StandardCharsets.UTF_8);
    try (var _ = lock.lock()) {
      Durable.append(file, endsMidLine() ? concat(new byte[] {'\n'}, line) : line);
    }
  }

  /// Whether a crash cut the last line off.
  private boolean endsMidLine() throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return false;
    }
    try (var in = FileChannel.open(file, StandardOpenOption.READ)) {
      var last = ByteBuffer.allocate(1);
      in.read(last, in.size() - 1);
      return last.get(0) != '\n';
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
    var place = from;
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      in.skipNBytes(Math.min(from, Files.size(file)));
      var line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        line.write(b);
        if (b == '\n') {
          place += line.size();
          var entry = parse(line.toString(StandardCharsets.UTF_8));
          if (entry != null) {
            each.accept(entry);
          }
          line.reset();
        }
      }
    }
    return place;
  }

  private static @org.jspecify.annotations.Nullable Entry parse(String line) {
    try {
      return Entry.of(Json.parseObject(line));
    } catch (RunException e) {
      return null; // cut off by a crash: the call it tells of was never reported either
    }
  }

  /// What was spent on a calendar day.
  public Usage day(LocalDate day, ZoneId zone) throws IOException {
    return sum(entry -> LocalDate.ofInstant(entry.at(), zone).equals(day));
  }
}
