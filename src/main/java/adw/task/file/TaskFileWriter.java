package adw.task.file;

import adw.task.DocumentEdits;
import adw.task.Edit;
import adw.task.Splice;
import adw.task.TaskDocument;
import adw.task.TaskFileException;
import adw.task.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The one writer protocol of the task file. All of it happens under the lock.
final class TaskFileWriter {
  private static final int MAX_ROUNDS = 10;

  /// Nobody who moves a line, or formats the file, leaves it away for longer.
  private static final Duration AWAY = Duration.ofSeconds(10);

  private final TaskFileSettings settings;
  private final InstantSource clock;
  private final GitView git;
  private final WriteStep stages;
  private final QueueOwner queue;
  private final Journal journal;
  private final RecentTexts recent = new RecentTexts();
  private final FileVersions versions;
  private final FileSwap swap;
  private final FileReader looker;
  private final JournalTails tails;
  private Optional<GivenBack> givenBack = Optional.empty();

  /// Since when the file is not the last version known: what is saved from then on was made from
  /// what stood there then, however long it takes until it can be taken in.
  private Optional<Instant> strangeSince = Optional.empty();

  private final Set<Path> others = new HashSet<>();
  private Optional<String> damage = Optional.empty();
  private TaskDocument document;
  private byte[] parsed = new byte[0];

  /// Half a save that our write displaced: whoever makes it began with that text, however long it
  /// takes.
  @SuppressWarnings("ArrayRecordComponent")
  private record GivenBack(String key, byte[] base) {
    boolean is(String other) {
      return key.equals(other);
    }
  }

  TaskFileWriter(TaskFileSettings settings, InstantSource clock, GitView git, WriteStep stages) {
    var folder = settings.state().resolve("journal");
    this.settings = settings;
    this.clock = clock;
    this.git = git;
    this.stages = stages;
    this.queue = new QueueOwner(settings.state());
    this.journal = new Journal(folder, recent);
    this.versions = new FileVersions(folder.resolve("versions"), settings.keptVersions());
    this.swap = new FileSwap(stages);
    this.looker = new FileReader(settings.file(), settings.state(), clock, stages);
    this.tails = new JournalTails(journal::known);
    this.document = TaskDocument.parse(parsed, settings.vocabulary(), tails);
  }

  JournalState known() {
    return journal.known();
  }

  /// What was found beside the file that cannot be read; once.
  Optional<String> takeDamage() {
    var found = journal.takeDamage().or(() -> damage);
    damage = damage.filter(what -> !found.equals(Optional.of(what)));
    return found;
  }

  FileSwap swap() {
    return swap;
  }

  FileVersions versions() {
    return versions;
  }

  GitView git() {
    return git;
  }

  FileReader looker() {
    return looker;
  }

  Path file() throws IOException {
    return Files.exists(settings.file()) ? settings.file().toRealPath() : settings.file();
  }

  /// Puts the last text known where the file was; false: it is there, or was never seen.
  boolean tryBringBack() throws IOException {
    if (queue.claim(settings.file()).isPresent()
        || Files.exists(settings.file())
        || journal.refresh().isFresh()) {
      return false;
    }
    var target = looker.findTarget();
    var versionsLeft = versions.all(target);
    var like =
        versionsLeft.isEmpty()
            ? Optional.<Path>empty()
            : Optional.of(versionsLeft.getLast().path());
    return swap.tryCreate(target, known().bytes(), like);
  }

  Optional<Path> findOtherQueue() throws IOException {
    return queue.claim(settings.file());
  }

  void takeOver() throws IOException {
    queue.takeOver(settings.file());
  }

  void forget() throws IOException {
    for (var version : versions.all(file())) {
      Files.delete(version.path());
    }
    journal.forget();
  }

  void handled(int count) throws IOException {
    journal.handled(count);
  }

  /// The last version known, parsed once.
  TaskDocument document() {
    if (!Arrays.equals(parsed, known().bytes())) {
      know(parse(known().bytes()));
    }
    return document;
  }

  private void know(TaskDocument next) {
    document = next;
    parsed = known().bytes();
  }

  TaskDocument parse(byte[] bytes) {
    return document.reparse(bytes);
  }

  /// Takes in all that other people and processes did; what stands in the way, if anything does.
  Optional<FileReading> catchUp() throws IOException, InterruptedException {
    var other = queue.claim(settings.file());
    if (other.isPresent()) {
      return Optional.of(looker.refused("the queue of this repository is " + other.get()));
    }
    journal.refresh().at(clock.instant());
    stages.reached(WriteStep.Stage.LOCKED);
    for (var i = 0; i < MAX_ROUNDS; i++) {
      switch (looker.look(known())) {
        case FileReader.Sight.Not(var reading) -> {
          noteStrange();
          return Optional.of(reading);
        }
        case FileReader.Sight.Seen seen -> {
          if (!recover(seen.file()) && !absorbDisplaced(seen.file())) {
            var problem = isKnown(seen) ? Optional.<FileReading>empty() : absorb(seen);
            if (problem.isPresent()) {
              return problem;
            }
            if (isKnown(seen)) {
              giveUpMissing(seen);
              PutBackLines.write(settings.state(), known().putBacks());
              return problem;
            }
          }
        }
      }
    }
    return Optional.of(looker.notYet("is saved again and again"));
  }

  private boolean isKnown(FileReader.Sight.Seen seen) throws IOException {
    var isKnown = Arrays.equals(seen.bytes(), known().bytes()) && !known().isFresh();
    if (isKnown) {
      strangeSince = Optional.empty();
      follow();
    } else {
      noteStrange();
    }
    return isKnown;
  }

  private void noteStrange() {
    strangeSince = strangeSince.or(() -> Optional.of(clock.instant()));
  }

  /// A running line that stays away was deleted, unless somebody is still writing.
  private void giveUpMissing(FileReader.Sight.Seen seen) throws IOException {
    var given = known().missingFor(patience());
    if (given.isEmpty() || looker.isOpen()) {
      return;
    }
    var gone = given.stream().map(line -> line.at(TrackedLine.Where.GONE)).toList();
    var asked = given.stream().filter(line -> line.mark().isAlive()).map(JournaledCommand::cancel);
    note(seen.bytes(), known().memoryOf(gone, asked.toList()));
  }

  private Duration patience() {
    return settings.settle().compareTo(AWAY) < 0 ? AWAY : settings.settle();
  }

  /// When to look again for lines that are away now.
  Optional<Instant> findEndOfPatience() {
    return known().firstMissingFor(patience());
  }

  /// One write of ours.
  void write(List<Edit> edits) throws IOException, InterruptedException {
    tails.expect(edits);
    var before = document();
    var next = DocumentEdits.apply(before, edits);
    write(next, OwnEdits.memory(known(), before, next, edits));
  }

  void write(TaskDocument next, JournalEntry.Memory memory)
      throws IOException, InterruptedException {
    var file = file();
    if (!Arrays.equals(next.bytes(), known().bytes())) {
      put(file, known().bytes(), TextDraft.of(next, memory));
      settle(file);
      PutBackLines.write(settings.state(), known().putBacks());
    }
  }

  /// Saves that came out of the exchange are taken in at once.
  private void settle(Path file) throws IOException, InterruptedException {
    for (var i = 0; i < MAX_ROUNDS && absorbDisplaced(file); i++) {
      stages.reached(WriteStep.Stage.CHECKED);
    }
    versions.trim(file);
  }

  private void put(Path file, byte[] expected, TextDraft draft)
      throws IOException, InterruptedException {
    var bytes = draft.document().bytes();
    var seq = known().seq() + 1;
    var print =
        Arrays.equals(expected, known().bytes()) ? known().print() : VersionHash.of(expected);
    var place = versions.place(file, seq, print);
    var splices = Splice.between(known().bytes(), bytes);
    var after = VersionHash.of(bytes);
    var now = clock.instant();
    var isNews = !draft.brought().isEmpty() || !print.equals(known().print());
    journal.add(
        new JournalEntry(
            seq,
            new JournalEntry.Exchange(print, after, place.toString()),
            splices,
            draft.memory(),
            now),
        bytes);
    remember(draft.save());
    var displaced = new RecentTexts.Text(expected, place.toString(), draft.brought(), now);
    if (isNews) {
      journal.add(displaced);
    } else {
      journal.addKnown(displaced);
    }
    stages.reached(WriteStep.Stage.PLANNED);
    swap.prepare(file, place, bytes);
    stages.reached(WriteStep.Stage.READY);
    var key = looker.place(place);
    var isOut = swap.exchange(file, place, expected);
    stages.reached(WriteStep.Stage.EXCHANGED);
    journal.done();
    know(draft.document());
    looker.placed(key);
    stages.reached(WriteStep.Stage.RECORDED);
    swap.sync(file, place);
    if (isOut) {
      check(file, new FileVersions.Displaced(place, seq, print.hex()), expected);
    }
  }

  /// What came out must be what was expected. Half a save goes back, so that whoever writes it
  /// finishes it under the file's name.
  private void check(Path file, FileVersions.Displaced version, byte[] expected)
      throws IOException, InterruptedException {
    if (FileVersions.holds(version.path(), expected)) {
      versions.tryCheck(version, expected);
      return;
    }
    if (isStart(version, expected) || !isUsable(looker.readQuiet(version.path()))) {
      var key = FileStamp.of(version.path()).key();
      swap.giveBack(file, version.path());
      looker.know(key);
      givenBack =
          givenBack
              .filter(half -> half.is(key))
              .or(() -> Optional.of(new GivenBack(key, expected)));
    }
  }

  private static boolean isStart(FileVersions.Displaced version, byte[] expected)
      throws IOException {
    return FileVersions.isReadable(version)
        && FileReader.isStart(Files.readAllBytes(version.path()), expected);
  }

  private boolean isUsable(Optional<byte[]> bytes) {
    return bytes.isPresent()
        && !isGitWriting()
        && Utf8.hasInk(bytes.get())
        && !looker.isHalf(bytes.get(), known().bytes())
        && findDocument(bytes.get()).filter(saved -> !saved.hasConflictMarkers()).isPresent();
  }

  private Optional<TaskDocument> findDocument(byte[] bytes) {
    try {
      return Optional.of(parse(bytes));
    } catch (TaskFileException malformed) {
      return Optional.empty();
    }
  }

  /// Whether a write was under way when its process ended.
  private boolean recover(Path file) throws IOException {
    var plan = known().plan();
    if (plan.isEmpty()) {
      return false;
    }
    if (swap.recover(file, Path.of(plan.get().exchange().swap()), plan.get().exchange().after())) {
      journal.done();
    } else {
      journal.abandoned();
    }
    return true;
  }

  /// Whether one of the displaced files was a save.
  private boolean absorbDisplaced(Path file) throws IOException, InterruptedException {
    for (var version : versions.all(file)) {
      if (!versions.isChecked(version) && FileVersions.isReadable(version)) {
        var bytes = Files.readAllBytes(version.path());
        if (FileVersions.holdsItsName(version, bytes)) {
          versions.tryCheck(version, bytes);
        } else if (isSave(version, bytes) && tryAbsorb(file, version)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether somebody may have meant it. What only lacks the end of what was displaced is being
  /// written into, or a power cut has damaged it; so has what has no line in common with that.
  private boolean isSave(FileVersions.Displaced version, byte[] bytes) {
    var displaced = recent.find(version.path());
    var isCutOff =
        displaced
            .map(text -> FileReader.isStart(bytes, text))
            .orElse(bytes.length < version.size());
    var isOther = !RecentTexts.haveCommonLine(bytes, displaced.orElse(known().bytes()));
    if (isOther && Utf8.hasInk(bytes)) {
      noteOther(version.path());
    }
    return !isCutOff && !isOther;
  }

  private void noteOther(Path version) {
    if (others.add(version)) {
      damage =
          Optional.of(
              version
                  + ": has nothing of what stood there, and is not taken in (look, and delete it)");
    }
  }

  private boolean tryAbsorb(Path file, FileVersions.Displaced version)
      throws IOException, InterruptedException {
    var bytes = looker.readQuiet(version.path());
    if (!isUsable(bytes)) {
      return false;
    }
    if (!Arrays.equals(bytes.get(), known().bytes())) {
      var origin = gitOrigin(bytes.get()).orElse(Save.Origin.DISPLACED);
      var typed = parse(bytes.get());
      var base =
          recent.findBase(bytes.get(), version.path()).filter(_ -> origin == Save.Origin.DISPLACED);
      var replayed = replay(new Save(merged(base, typed, false), origin, typed, version.seq()));
      putOrNote(file, known().bytes(), TextDraft.ofSave(bytes.get(), known().bytes(), replayed));
    }
    versions.accept(version, bytes.get());
    stages.reached(WriteStep.Stage.ACCEPTED);
    return true;
  }

  /// With what came into the file since the version that the save was made from: its author could
  /// not see that.
  private TaskDocument merged(Optional<byte[]> base, TaskDocument typed, boolean keepsTheirs) {
    return base.flatMap(old -> ThreeWayMerge.of(parse(old), document(), typed, keepsTheirs))
        .map(this::parse)
        .orElse(typed);
  }

  private ReplayResult replay(Save save) throws IOException {
    var replayed = SaveReplay.of(known(), document(), save);
    stages.reached(WriteStep.Stage.REPLAYED);
    return replayed;
  }

  /// A save under the file's name.
  private Optional<FileReading> absorb(FileReader.Sight.Seen seen)
      throws IOException, InterruptedException {
    if (isGitWriting()) {
      return Optional.of(looker.notYet("git is at work on it (index.lock)"));
    }
    TaskDocument saved;
    try {
      saved = parse(seen.bytes());
    } catch (TaskFileException malformed) {
      return Optional.of(looker.refused(String.valueOf(malformed.getMessage())));
    }
    if (saved.hasConflictMarkers()) {
      return Optional.of(looker.notYet("has conflict markers (resolve them)"));
    }
    if (known().isFresh()) {
      journal.start(seen.bytes(), git.isTracked() ? git.position() : "", JournalEntry.Memory.NONE);
    } else {
      absorb(seen, saved);
    }
    return Optional.empty();
  }

  private void absorb(FileReader.Sight.Seen seen, TaskDocument saved)
      throws IOException, InterruptedException {
    var origin = gitOrigin(seen.bytes()).orElse(Save.Origin.FILE);
    var begun = givenBack.filter(half -> looker.isKnown(half.key())).map(GivenBack::base);
    var moments = moments(seen.file());
    var base =
        begun
            .or(() -> recent.findBase(seen.bytes(), known().bytes(), moments))
            .filter(_ -> origin == Save.Origin.FILE);
    var merged = merged(base, saved, true);
    var replayed = replay(new Save(merged, origin, saved, Long.MAX_VALUE));
    versions.keep(known().seq(), known().print(), known().bytes(), seen.file());
    var draft =
        merged == saved ? TextDraft.of(replayed) : TextDraft.bringingOthers(seen.bytes(), replayed);
    putOrNote(seen.file(), seen.bytes(), draft);
    givenBack = Optional.empty();
    follow();
    versions.trim(seen.file());
  }

  /// When what stands in the file may have been made.
  private List<Instant> moments(Path file) throws IOException {
    var now = clock.instant();
    return List.of(now, strangeSince.orElse(now), Files.getLastModifiedTime(file).toInstant());
  }

  private void putOrNote(Path file, byte[] current, TextDraft draft)
      throws IOException, InterruptedException {
    if (!Arrays.equals(draft.document().bytes(), current)) {
      put(file, current, draft);
      return;
    }
    note(current, draft.memory());
    remember(draft.save());
    know(draft.document());
  }

  /// The file is as it shall be.
  private void note(byte[] current, JournalEntry.Memory memory) throws IOException {
    var splices = Splice.between(known().bytes(), current);
    var print = VersionHash.of(current);
    var seq = known().seq() + 1;
    var exchange = JournalEntry.Exchange.none(print);
    journal.add(new JournalEntry(seq, exchange, splices, memory, clock.instant()), current);
  }

  /// Whoever saves once more makes that from this text.
  private void remember(Optional<byte[]> save) throws IOException {
    if (save.isPresent()) {
      journal.add(new RecentTexts.Text(save.get(), "", Set.of(), clock.instant()));
    }
  }

  /// git is not a person: what it may have written, on which branch.
  private Optional<Save.Origin> gitOrigin(byte[] bytes) {
    if (!git.isTracked()) {
      return Optional.empty();
    }
    if (hasMoved() || git.isMerging() || git.isStored(bytes)) {
      return Optional.of(git.isHome() ? Save.Origin.GIT : Save.Origin.GIT_ELSEWHERE);
    }
    return git.isHome() ? Optional.empty() : Optional.of(Save.Origin.ELSEWHERE);
  }

  private boolean isGitWriting() {
    return git.isTracked() && git.isWriting();
  }

  private boolean hasMoved() {
    return !git.position().equals(known().position());
  }

  private void follow() throws IOException {
    var position = git.isTracked() ? git.position() : "";
    if (!position.equals(known().position())) {
      journal.moved(position);
    }
  }

  /// An earlier version comes back: its lines, with the marks that are true now.
  void restore(byte[] bytes) throws IOException, InterruptedException {
    var replayed = replay(new Save(parse(bytes), Save.Origin.RESTORED));
    write(replayed.document(), replayed.memory());
  }
}
