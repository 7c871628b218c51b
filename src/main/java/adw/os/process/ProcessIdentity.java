package adw.os.process;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which process it is, beyond its number, which is used again: when it started, and in which boot,
/// pid namespace and host that is true. `start` is field 22 of /proc/PID/stat (ticks after boot);
/// without /proc, the second of its start.
public record ProcessIdentity(long pid, long start, String boot, String pidNamespace, String host) {
  private static final Pattern TEXT = Pattern.compile("(\\d+) (\\d+) (\\S+) (\\S+) (\\S+)\\s*");

  public static ProcessIdentity self() {
    return Self.IDENTITY;
  }

  /// Empty if no such process runs here.
  public static Optional<ProcessIdentity> of(long pid) {
    return ProcessTable.find(pid).filter(process -> !process.zombie()).map(ProcessIdentity::of);
  }

  static ProcessIdentity of(ProcessTable.Entry process) {
    return new ProcessIdentity(
        process.pid(),
        process.start(),
        HostIdentity.BOOT,
        HostIdentity.PID_NAMESPACE,
        HostIdentity.HOST);
  }

  /// Reads the one line that `toString` makes.
  public static Optional<ProcessIdentity> parse(String line) {
    var parts = TEXT.matcher(line);
    if (!parts.matches() || parts.group(1).length() > 18 || parts.group(2).length() > 18) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessIdentity(
            Long.parseLong(parts.group(1)),
            Long.parseLong(parts.group(2)),
            parts.group(3),
            parts.group(4),
            parts.group(5)));
  }

  public Liveness judge() {
    if (!HostIdentity.isThisHost(host)) {
      return Liveness.UNKNOWN;
    }
    if (!boot.equals(HostIdentity.BOOT)) {
      return Liveness.DEAD;
    }
    if (!pidNamespace.equals(HostIdentity.PID_NAMESPACE)) {
      return Liveness.UNKNOWN;
    }
    return ProcessTable.find(pid).filter(this::isLiving).isPresent()
        ? Liveness.ALIVE
        : Liveness.DEAD;
  }

  public boolean isAlive() {
    return judge() == Liveness.ALIVE;
  }

  /// Of this boot of this machine, in whichever container.
  boolean isOfThisKernel() {
    return boot.equals(HostIdentity.BOOT) && boot.length() > 1;
  }

  /// Of this boot and this pid namespace: only then do its numbers mean anything here.
  public boolean isHere() {
    return HostIdentity.isThisHost(host)
        && boot.equals(HostIdentity.BOOT)
        && pidNamespace.equals(HostIdentity.PID_NAMESPACE);
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
    static final ProcessIdentity IDENTITY =
        of(ProcessTable.find(ProcessHandle.current().pid()).orElseThrow());
  }
}
