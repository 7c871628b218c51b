package adw.os;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which process it is, beyond its number, which is used again: when it started, and in which boot,
/// pid namespace and host that is true. `start` is field 22 of /proc/PID/stat (ticks after boot);
/// without /proc, the second of its start.
public record Identity(long pid, long start, String boot, String pidNamespace, String host) {
  private static final Pattern TEXT = Pattern.compile("(\\d+) (\\d+) (\\S+) (\\S+) (\\S+)\\s*");

  public static Identity self() {
    return Self.IDENTITY;
  }

  /// Empty if no such process runs here.
  public static Optional<Identity> of(long pid) {
    return ProcessTable.find(pid).filter(process -> !process.zombie()).map(Identity::of);
  }

  static Identity of(ProcessTable.Entry process) {
    return new Identity(
        process.pid(), process.start(), Place.BOOT, Place.PID_NAMESPACE, Place.HOST);
  }

  /// Reads the one line that `toString` makes.
  public static Optional<Identity> parse(String line) {
    var parts = TEXT.matcher(line);
    if (!parts.matches() || parts.group(1).length() > 18 || parts.group(2).length() > 18) {
      return Optional.empty();
    }
    return Optional.of(
        new Identity(
            Long.parseLong(parts.group(1)),
            Long.parseLong(parts.group(2)),
            parts.group(3),
            parts.group(4),
            parts.group(5)));
  }

  public Life judge() {
    if (!Place.isThisHost(host)) {
      return Life.UNKNOWN;
    }
    if (!boot.equals(Place.BOOT)) {
      return Life.DEAD;
    }
    if (!pidNamespace.equals(Place.PID_NAMESPACE)) {
      return Life.UNKNOWN;
    }
    return ProcessTable.find(pid).filter(this::isLiving).isPresent() ? Life.ALIVE : Life.DEAD;
  }

  public boolean isAlive() {
    return judge() == Life.ALIVE;
  }

  /// One that was suspended goes on, so that it hears what it is told. False if it was not.
  public boolean tryContinue() throws IOException, InterruptedException {
    if (judge() != Life.ALIVE || !ProcessTable.isSuspended(pid)) {
      return false;
    }
    var argv = List.of("/bin/sh", "-c", "kill -CONT \"$1\"", "sh", Long.toString(pid));
    return new Command(argv, Path.of("/"), Map.of(), Duration.ofSeconds(5)).run().succeeded();
  }

  /// Of this boot of this machine, in whichever container.
  boolean isOfThisKernel() {
    return boot.equals(Place.BOOT) && boot.length() > 1;
  }

  /// Of this boot and this pid namespace: only then do its numbers mean anything here.
  public boolean isHere() {
    return Place.isThisHost(host)
        && boot.equals(Place.BOOT)
        && pidNamespace.equals(Place.PID_NAMESPACE);
  }

  /// As people call it.
  public String hostName() {
    return host.substring(0, Math.max(0, host.lastIndexOf('/')));
  }

  boolean isLiving(ProcessTable.Entry process) {
    return !process.zombie() && isSame(process);
  }

  /// Seconds are read a moment after the start, so they may differ by a few.
  boolean isSame(ProcessTable.Entry process) {
    var apart = Math.abs(process.start() - start);
    return process.pid() == pid && apart <= (ProcessTable.EXACT ? 0 : 2);
  }

  @Override
  public String toString() {
    return pid + " " + start + " " + boot + " " + pidNamespace + " " + host;
  }

  private static final class Self {
    static final Identity IDENTITY =
        of(ProcessTable.find(ProcessHandle.current().pid()).orElseThrow());
  }
}
