package adw.os.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The process that holds a lock, for whoever waits for it.
public record LockHolder(long pid, String program, boolean isSuspended) {
  private static final Path LOCKS = Path.of("/proc/locks");

  /// `1: POSIX ADVISORY WRITE 17058 fe:00:2156309 0 EOF`; who only waits has an arrow.
  private static final Pattern LOCK =
      Pattern.compile("\\d+: +POSIX +\\S+ +\\S+ +(\\d+) +(\\S+):(\\S+):(\\d+) .*");

  /// What java is given to start adw.
  public static final String MAIN_CLASS = "adw.cli.Main";

  /// Empty where the system does not tell, or nobody holds it.
  public static Optional<LockHolder> find(Path file) throws IOException {
    if (!Files.exists(LOCKS) || !Files.exists(file)) {
      return Optional.empty();
    }
    var inode = String.valueOf(Files.getAttribute(file, "unix:ino"));
    var locks = locks().filter(lock -> lock.group(4).equals(inode)).toList();
    var device = (long) Files.getAttribute(file, "unix:dev");
    // Some file systems show another device there than to whoever asks.
    return locks.stream()
        .filter(lock -> isOn(lock, device))
        .findFirst()
        .or(() -> locks.stream().findFirst())
        .map(lock -> of(Long.parseLong(lock.group(1))));
  }

  private static Stream<Matcher> locks() throws IOException {
    return new String(Files.readAllBytes(LOCKS), StandardCharsets.US_ASCII)
        .lines()
        .map(LOCK::matcher)
        .filter(Matcher::matches);
  }

  private static boolean isOn(Matcher lock, long device) {
    var major = (device >> 8) & 0xfff;
    var minor = (device & 0xff) | ((device >> 12) & 0xfff00);
    return Long.parseLong(lock.group(2), 16) == major && Long.parseLong(lock.group(3), 16) == minor;
  }

  /// What is known of a process of that number.
  public static LockHolder of(long pid) {
    return new LockHolder(pid, program(ProcessTable.command(pid)), ProcessTable.isSuspended(pid));
  }

  private static String program(List<String> argv) {
    var main = argv.indexOf(MAIN_CLASS);
    if (main >= 0) {
      return String.join(
          " ", Stream.concat(Stream.of("adw"), argv.stream().skip(main + 1)).toList());
    }
    return argv.isEmpty() || argv.getFirst().isEmpty()
        ? "a program"
        : String.valueOf(Path.of(argv.getFirst()).getFileName());
  }

  /// `adw run (pid 123, suspended: kill -CONT 123 lets it go on)`.
  @Override
  public String toString() {
    var state = isSuspended ? ", suspended: kill -CONT " + pid + " lets it go on" : "";
    return program + " (pid " + pid + state + ")";
  }
}
