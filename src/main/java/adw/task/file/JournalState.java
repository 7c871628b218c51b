package adw.task.file;

import adw.task.Splice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All that the journal says: the last version of the file and what the daemon did to its lines.
/// Belongs to whoever holds the lock.
final class JournalState {
  /// Edits older than this many writes, whose lines show their results, are forgotten: after that a
  /// reset of such a line is not believed without `[retry]`.
  static final int MEMORY = 2000;

  private static final Duration MOMENT = Duration.ofSeconds(1);

  private byte[] bytes = new byte[0];
  private VersionHash print = VersionHash.of(bytes);
  private boolean isFresh = true;
  private long seq;
  private final Map<Long, TrackedLine> tracked = new LinkedHashMap<>();
  private final Map<String, Long> byId = new HashMap<>();
  private final Set<String> tails = new HashSet<>();
  private final List<JournaledCommand> asked = new ArrayList<>();
  private List<String> notices = List.of();
  private Set<String> foreign = Set.of();
  private List<PutBackLine> putBacks = List.of();
  private String position = "";
  private Optional<JournalEntry> plan = Optional.empty();
  private Optional<byte[]> planned = Optional.empty();
  private final Map<Long, Return> broughtBack = new HashMap<>();
  private final Map<Long, Instant> missing = new HashMap<>();
  private Instant now = Instant.EPOCH;

  /// A line that we put there again, with which write and when.
  private record Return(long seq, Instant at) {
    /// By more than a moment; a clock that was set back since says nothing.
    boolean isBefore(Instant now) {
      return Duration.between(at, now).abs().compareTo(MOMENT) > 0;
    }
  }

  byte[] bytes() {
    return bytes;
  }

  VersionHash print() {
    return print;
  }

  /// Whether no version of the file was ever seen.
  boolean isFresh() {
    return isFresh;
  }

  long seq() {
    return seq;
  }

  Collection<TrackedLine> tracked() {
    return Collections.unmodifiableCollection(tracked.values());
  }

  Optional<TrackedLine> find(String runId) {
    return Optional.ofNullable(byId.get(runId)).map(tracked::get);
  }

  /// Whether this may be a report of ours, on whatever line.
  boolean mayBeTail(String text) {
    return tails.contains(text);
  }

  List<JournaledCommand> asked() {
    return List.copyOf(asked);
  }

  List<String> notices() {
    return notices;
  }

  long nextKey() {
    return tracked.keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
  }

  /// The text of lines that another branch brought.
  Set<String> foreign() {
    return foreign;
  }

  /// What no save has seen yet of those that were put back.
  List<PutBackLine> putBacks() {
    return putBacks;
  }

  String position() {
    return position;
  }

  /// What follows happens now.
  void at(Instant time) {
    now = time;
  }

  /// Whether the line came back, and whoever made the save could see that: who takes it away once
  /// more means it. A script may have read the file before, and have saved it a moment after.
  boolean couldSeeAgain(long key, Save save) {
    var back = broughtBack.get(key);
    return back != null && back.seq() < save.displacedBy() && back.isBefore(now);
  }

  /// The lines that went missing so long ago.
  List<TrackedLine> missingFor(Duration patience) {
    return tracked.values().stream()
        .filter(line -> line.where() == TrackedLine.Where.MISSING)
        .filter(line -> !missingSince(line).plus(patience).isAfter(now))
        .toList();
  }

  /// When the first of them will have been missing so long.
  Optional<Instant> firstMissingFor(Duration patience) {
    return tracked.values().stream()
        .filter(line -> line.where() == TrackedLine.Where.MISSING)
        .map(line -> missingSince(line).plus(patience))
        .min(Instant::compareTo);
  }

  /// As far as is known; a clock that was set back since counts from now.
  private Instant missingSince(TrackedLine line) {
    return missing.merge(line.key(), now, (since, _) -> since.isAfter(now) ? now : since);
  }

  /// Whether any line in the file has a run.
  boolean showsRuns() {
    return tracked.values().stream()
        .filter(line -> line.mark().id().isPresent())
        .anyMatch(line ->
            line.where() != TrackedLine.Where.GONE && line.where() != TrackedLine.Where.ARCHIVED);
  }

  /// A write that was begun, and of which nobody said how it ended.
  Optional<JournalEntry> plan() {
    return plan;
  }

  void start(long number, byte[] version, String gitPosition, JournalEntry.Memory memory) {
    bytes = version;
    print = VersionHash.of(version);
    isFresh = false;
    seq = number;
    position = gitPosition;
    remember(memory);
  }

  void add(JournalEntry change) {
    add(change, Optional.empty());
  }

  /// Whoever made the change has the next version at hand.
  void add(JournalEntry change, Optional<byte[]> next) {
    seq = change.seq();
    if (change.isPlan()) {
      plan = Optional.of(change);
      planned = next;
    } else {
      take(change, next);
    }
  }

  void done() {
    plan.ifPresent(change -> take(change, planned));
    abandoned();
  }

  void abandoned() {
    plan = Optional.empty();
    planned = Optional.empty();
  }

  void handled(int count) {
    asked.subList(0, Math.min(count, asked.size())).clear();
  }

  void moved(String gitPosition) {
    position = gitPosition;
  }

  private void take(JournalEntry change, Optional<byte[]> next) {
    bytes = next.orElseGet(() -> Splice.apply(bytes, change.splices()));
    print = change.exchange().after();
    isFresh = false;
    remember(change.memory());
    for (var line : change.memory().tracked()) {
      if (line.where() == TrackedLine.Where.MISSING) {
        missing.putIfAbsent(line.key(), change.at());
      } else {
        missing.remove(line.key());
      }
    }
  }

  private void remember(JournalEntry.Memory memory) {
    for (var line : memory.tracked()) {
      tracked.put(line.key(), line);
      for (var step : line.steps()) {
        step.mark().id().ifPresent(id -> byId.put(id, line.key()));
        tails.add(step.tail());
      }
    }
    memory.broughtBack().forEach(key -> broughtBack.put(key, new Return(seq, now)));
    asked.addAll(memory.asked());
    notices = memory.notices();
    foreign = memory.foreign();
    putBacks = memory.putBacks();
  }

  /// All of it in one piece, less what is no longer needed.
  JournalEntry.Memory memory() {
    tracked.values().removeIf(this::isForgettable);
    byId.values().removeIf(key -> !tracked.containsKey(key));
    tails.clear();
    tracked.values().forEach(line -> line.steps().forEach(step -> tails.add(step.tail())));
    return memoryOf(List.copyOf(tracked.values()), asked);
  }

  /// Nothing but these lines and commands changes.
  JournalEntry.Memory memoryOf(List<TrackedLine> lines, List<JournaledCommand> commands) {
    return new JournalEntry.Memory(lines, commands, notices, foreign, Set.of(), putBacks);
  }

  private boolean isForgettable(TrackedLine line) {
    var mark = line.mark();
    return (mark.isEnd() || mark.id().isEmpty() || line.where() == TrackedLine.Where.GONE)
        && line.where() != TrackedLine.Where.HIDDEN
        && line.last().seq() < seq - MEMORY;
  }
}
