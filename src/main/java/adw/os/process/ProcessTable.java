package adw.os.process;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The processes of this machine at one moment, from /proc; without it, from the JVM.
public final class ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final Path OWN_THREADS = PROC.resolve("self/task");

  /// So many numbers are asked for quicker one by one than by a list of all there are.
  private static final int FEW = 64;

  private static final boolean HAS_PROC = Files.exists(Path.of("/proc/self/stat"));

  /// From <linux/sched.h>.
  private static final long KERNEL_THREAD = 0x00200000;

  /// Ticks a second of the times in /proc: 100 on every Linux that runs a JVM.
  private static final long TICK_MILLIS = 10;

  /// True where the start of a process is exact and never moves with the clock.
  static final boolean EXACT = HAS_PROC;

  /// `cpu` includes children that have ended and were waited for.
  record Entry(long pid, long parent, long session, long start, Duration cpu, boolean zombie) {}

  private ProcessTable() {}

  static Map<Long, Entry> read() {
    var all = new HashMap<Long, Entry>();
    if (!HAS_PROC) {
      ProcessHandle.allProcesses().forEach(handle -> all.put(handle.pid(), entry(handle)));
      return all;
    }
    for (var pid : pids()) {
      find(pid).ifPresent(entry -> all.put(pid, entry));
    }
    return all;
  }

  /// Empty without /proc.
  static List<Long> pids() {
    var names = PROC.toFile().list((_, name) -> Character.isDigit(name.charAt(0)));
    return names == null ? List.of() : Stream.of(names).map(Long::valueOf).toList();
  }

  /// Those born after that one, which is not old: numbers are given upwards until they wrap, which
  /// the number given last shows.
  static List<Long> pidsAfter(long pid) {
    var last = last();
    if (last < pid) {
      return pids();
    }
    return last - pid <= FEW
        ? LongStream.rangeClosed(pid + 1, last).filter(ProcessTable::isForeign).boxed().toList()
        : pids().stream().filter(other -> other > pid).toList();
  }

  /// A thread of ours has a number like a process.
  private static boolean isForeign(long pid) {
    return Files.exists(PROC.resolve(Long.toString(pid)))
        && !Files.exists(OWN_THREADS.resolve(Long.toString(pid)));
  }

  private static long last() {
    try {
      var load = line(PROC.resolve("loadavg")).strip();
      return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
    } catch (IOException unknown) {
      return 0;
    }
  }

  /// Whether it was stopped by Ctrl-Z or a signal, and does nothing until somebody continues it.
  public static boolean isSuspended(long pid) {
    try {
      return fields(line(PROC.resolve(pid + "/stat")))[0].equalsIgnoreCase("T");
    } catch (IOException ended) {
      return false;
    }
  }

  /// Whether it runs a program: false of those that have ended, and of the kernel's own threads.
  static boolean isProgram(long pid) {
    try {
      var fields = fields(line(PROC.resolve(pid + "/stat")));
      return !isZombie(fields) && (Long.parseLong(fields[6]) & KERNEL_THREAD) == 0;
    } catch (IOException ended) {
      return false;
    }
  }

  static Optional<Entry> find(long pid) {
    if (!HAS_PROC) {
      return ProcessHandle.of(pid).map(ProcessTable::entry);
    }
    try {
      return Optional.of(parse(pid, line(PROC.resolve(pid + "/stat"))));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }

  /// A short file of the kernel, which gives it in one piece.
  private static String line(Path file) throws IOException {
    try (var in = new FileInputStream(file.toFile())) {
      var bytes = new byte[1024];
      var length = in.read(bytes);
      if (length <= 0) {
        throw new EOFException(file + " is empty");
      }
      return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
  }

  /// The argv of every process that shows it.
  static Stream<List<String>> commands() {
    if (!HAS_PROC) {
      return ProcessHandle.allProcesses()
          .map(handle -> handle.info().arguments().map(List::of).orElse(List.of()));
    }
    return pids().stream().map(ProcessTable::command);
  }

  /// Its argv; empty if it has ended, or shows none.
  public static List<String> command(long pid) {
    if (!HAS_PROC) {
      return ProcessHandle.of(pid)
          .flatMap(handle -> handle.info().command())
          .map(List::of)
          .orElse(List.of());
    }
    try {
      var bytes = Files.readAllBytes(PROC.resolve(pid + "/cmdline"));
      return List.of(new String(bytes, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException ended) {
      return List.of();
    }
  }

  /// The program's name stands in brackets and may hold brackets and blanks itself.
  private static String[] fields(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
  }

  private static boolean isZombie(String[] fields) {
    return fields[0].equals("Z") || fields[0].equals("X");
  }

  static Entry parse(long pid, String stat) {
    var fields = fields(stat);
    var ticks = 0L;
    for (int i = 11; i <= 14; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return new Entry(
        pid,
        Long.parseLong(fields[1]),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[19]),
        Duration.ofMillis(ticks * TICK_MILLIS),
        isZombie(fields));
  }

  private static Entry entry(ProcessHandle handle) {
    var facts = handle.info();
    return new Entry(
        handle.pid(),
        handle.parent().map(ProcessHandle::pid).orElse(0L),
        0,
        facts.startInstant().map(start -> start.getEpochSecond()).orElse(0L),
        facts.totalCpuDuration().orElse(Duration.ZERO),
        !handle.isAlive());
  }
}
