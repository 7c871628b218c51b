package adw.workflow;

import adw.os.NewFolders;
import adw.os.process.ProcessIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/// How long a process has run, on the monotonic clock, which all processes of one boot share and
/// which stands still while the machine sleeps. Kept in `since`, so that it goes on after adoption.
final class Stopwatch {
  private static final Pattern TEXT = Pattern.compile("(-?\\d{1,18}) (\\S+)\n");

  private final LongSupplier nanoTime;
  private final long since;

  private Stopwatch(LongSupplier nanoTime, long since) {
    this.nanoTime = nanoTime;
    this.since = since;
  }

  static Stopwatch start(Path procDir, LongSupplier nanoTime) throws IOException {
    var now = nanoTime.getAsLong();
    NewFolders.makeWithParent(procDir);
    Files.writeString(procDir.resolve("since"), now + " " + ProcessIdentity.self().boot() + "\n");
    return new Stopwatch(nanoTime, now);
  }

  /// From now, if it was started in another boot or did not write it down.
  static Stopwatch resume(Path procDir, LongSupplier nanoTime) throws IOException {
    var text = TEXT.matcher(read(procDir.resolve("since")));
    var now = nanoTime.getAsLong();
    var isKnown = text.matches() && text.group(2).equals(ProcessIdentity.self().boot());
    return new Stopwatch(nanoTime, isKnown ? Long.parseLong(text.group(1)) : now);
  }

  Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - since);
  }

  private static String read(Path file) throws IOException {
    try (var stream = Files.newInputStream(file)) {
      return new String(stream.readNBytes(200), StandardCharsets.US_ASCII);
    } catch (NoSuchFileException none) {
      return "";
    }
  }
}
