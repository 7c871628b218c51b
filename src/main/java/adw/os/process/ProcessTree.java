package adw.os.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// A process and all that descends from it or belongs to the session it leads. It remembers whom it
/// has seen: who loses its parent later is still found. For one thread at a time.
public final class ProcessTree {
  private static final long ROUND_NANOS = 5_000_000;

  private final Optional<ProcessIdentity> root;
  private final Set<ProcessIdentity> seen = new LinkedHashSet<>();
  private boolean leaderWasSeen;

  private ProcessTree(Optional<ProcessIdentity> root) {
    this.root = root;
  }

  /// Empty if the process belongs to another boot or place.
  public static ProcessTree of(ProcessIdentity root) {
    return new ProcessTree(Optional.of(root).filter(ProcessIdentity::isHere));
  }

  static ProcessTree of(long pid) {
    return new ProcessTree(ProcessIdentity.of(pid));
  }

  /// TERM to all, then KILL to whoever is left after the grace, and to those born meanwhile.
  /// Returns when they are gone.
  public void end(Duration grace) throws InterruptedException {
    // The snapshot comes first: once a parent dies its children are re-parented and not found.
    look();
    var told = new HashSet<>(seen);
    Signals.terminate(told);
    var _ = Signals.awaitNone(() -> tellOrphans(told), grace);
    // One reading of /proc may miss who is born while it lasts and whose parent ends meanwhile.
    kill();
  }

  /// Those born after the first signal are left to the parent that may need them to clean up, until
  /// that parent has ended.
  private Collection<ProcessIdentity> tellOrphans(Set<ProcessIdentity> told) {
    var table = look();
    var pids = seen.stream().map(ProcessIdentity::pid).collect(Collectors.toSet());
    for (var one : seen) {
      var entry = table.get(one.pid());
      if (entry != null && !pids.contains(entry.parent()) && told.add(one)) {
        Signals.terminate(List.of(one));
      }
    }
    return List.copyOf(seen);
  }

  /// Without a warning; repeated until nothing new is born. Does its work in an interrupted thread
  /// too, where it only waits less between the rounds.
  public void kill() {
    for (int round = 0; round < 100; round++) {
      var living = living();
      if (living.isEmpty()) {
        return;
      }
      Signals.kill(living);
      LockSupport.parkNanos(ROUND_NANOS);
    }
  }

  /// Processor time used by the living, with what their ended children had used.
  public Duration cpu() {
    var table = look();
    var sum = Duration.ZERO;
    for (var member : seen) {
      var entry = table.get(member.pid());
      sum = entry == null ? sum : sum.plus(entry.cpu());
    }
    return sum;
  }

  public boolean isEmpty() {
    return living().isEmpty();
  }

  private List<ProcessIdentity> living() {
    var table = look();
    return seen.stream().filter(one -> isLiving(one, table)).toList();
  }

  /// Forgets those that ended, so that a long run's memory of its short-lived children stays small.
  private Map<Long, ProcessTable.Entry> look() {
    var table = ProcessTable.read();
    var members = members(table);
    seen.clear();
    seen.addAll(members);
    return table;
  }

  /// The root, those seen before, and everything below any of them.
  private Collection<ProcessIdentity> members(Map<Long, ProcessTable.Entry> table) {
    var found = new LinkedHashSet<ProcessIdentity>();
    var open = new ArrayDeque<ProcessIdentity>();
    root.ifPresent(open::add);
    open.addAll(seen);
    while (!open.isEmpty()) {
      var one = open.remove();
      if (isLiving(one, table) && found.add(one)) {
        below(one, table).forEach(open::add);
      }
    }
    root.ifPresent(leader -> inSession(leader, table).forEach(found::add));
    return found;
  }

  private static List<ProcessIdentity> below(
      ProcessIdentity parent, Map<Long, ProcessTable.Entry> table) {
    return table.values().stream()
        .filter(entry -> entry.parent() == parent.pid() && !entry.zombie())
        .map(ProcessIdentity::of)
        .toList();
  }

  /// The kernel gives the number of a session to nobody else while it has a member, so the number
  /// is to be trusted once its leader was seen alive.
  private List<ProcessIdentity> inSession(
      ProcessIdentity leader, Map<Long, ProcessTable.Entry> table) {
    var now = table.get(leader.pid());
    leaderWasSeen |= now != null && leader.isSame(now);
    if (!leaderWasSeen || (now != null && !leader.isSame(now))) {
      return List.of();
    }
    return table.values().stream()
        .filter(entry -> entry.session() == leader.pid() && !entry.zombie())
        .map(ProcessIdentity::of)
        .toList();
  }

  private static boolean isLiving(ProcessIdentity one, Map<Long, ProcessTable.Entry> table) {
    var entry = table.get(one.pid());
    return entry != null && one.isLiving(entry);
  }
}
