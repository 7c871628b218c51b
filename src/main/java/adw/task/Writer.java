package adw.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The one writer protocol of the task file. All of it happens under the lock.
final class Writer {
  private static final int MAX_ROUNDS = 10;

  /// Nobody who moves a line, or formats the file, leaves it away for longer.
  private static final Duration AWAY = Duration.ofSeconds(10);

  private final TaskFileSettings settings;
  private final InstantSource clock;
  private final GitView git;
  private final Stages stages;
  private final Queue queue;
  private final Journal journal;
  private final Recent recent = new Recent();
  private final Versions versions;
  private final Swap swap;
  private final Looker looker;
  private final JournalTails tails;
  private Optional<GivenBack> givenBack = Optional.empty();
  private Document document;
  private byte[] parsed = new byte[0];

  /// Half a save that our write displaced: whoever makes it began with that text, however long it
  /// takes.
  @SuppressWarnings("ArrayRecordComponent")
  private record GivenBack(String key, byte[] base) {
    boolean is(String other) {
      return key.equals(other);
    }
  }

  Writer(TaskFileSettings settings, InstantSource clock, GitView git, Stages stages) {
    var folder = settings.state().resolve("journal");
    this.settings = settings;
    this.clock = clock;
    this.git = git;
    this.stages = stages;
    this.queue = new Queue(settings.state());
    this.journal = new Journal(folder, recent);
    this.versions = new Versions(folder.resolve("versions"), settings.keptVersions());
    this.swap = new Swap(stages);
    this.looker = new Looker(settings.file(), settings.state(), clock, stages);
    this.tails = new JournalTails(journal::known);
    this.document = Document.parse(parsed, settings.vocabulary(), tails);
  }

  Known known() {
    return journal.known();
  }

  Optional<String> takeDamage() {
    return journal.takeDamage();
  }

  Swap swap() {
    return swap;
  }

  Versions versions() {
    return versions;
  }

  GitView git() {
    return git;
  }

  Looker looker() {
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
  Document document() {
    if (!Arrays.equals(parsed, known().bytes())) {
      know(parse(known().bytes()));
    }
    return document;
  }

  private void know(Document next) {
    document = next;
    parsed = known().bytes();
  }

  /// Most of a text is as it was in the last version.
  Document parse(byte[] bytes) {
    return document.reparse(bytes);
  }

  /// Takes in all that other people and processes did; what stands in the way, if anything does.
  Optional<Reading> catchUp() throws IOException, InterruptedException {
    var other = queue.claim(settings.file());
    if (other.isPresent()) {
      return Optional.of(looker.refused("the queue of this repository is " + other.get()));
    }
    journal.refresh().at(clock.instant());
    stages.reached(Stages.Stage.LOCKED);
    for (var i = 0; i < MAX_ROUNDS; i++) {
      switch (looker.look(known())) {
        case Sight.Not(var reading) -> {
          return Optional.of(reading);
        }
        case Sight.Seen seen -> {
          if (!recover(seen.file()) && !absorbDisplaced(seen.file())) {
            var problem = isKnown(seen) ? Optional.<Reading>empty() : absorb(seen);
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

  private boolean isKnown(Sight.Seen seen) throws IOException {
    var isKnown = Arrays.equals(seen.bytes(), known().bytes()) && !known().isFresh();
    if (isKnown) {
      follow();
    }
    return isKnown;
  }

  /// A running line that stays away was deleted, unless somebody is still writing.
  private void giveUpMissing(Sight.Seen seen) throws IOException {
    var given = known().missingFor(patience());
    if (given.isEmpty() || looker.isOpen()) {
      return;
    }
    var gone = given.stream().map(line -> line.at(Tracked.Where.GONE)).toList();
    var asked = given.stream().filter(line -> Replay.isAlive(line.mark())).map(Asked::cancel);
    note(seen.bytes(), Change.Memory.of(known(), gone, asked.toList()));
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
    var next = before.with(edits);
    write(next, OwnEdits.memory(known(), before, next, edits));
  }

  void write(Document next, Change.Memory memory) throws IOException, InterruptedException {
    var file = file();
    if (!Arrays.equals(next.bytes(), known().bytes())) {
      put(file, known().bytes(), Draft.of(next, memory));
      settle(file);
      PutBackLines.write(settings.state(), known().putBacks());
    }
  }

  /// Saves that came out of the exchange are taken in at once.
  private void settle(Path file) throws IOException, InterruptedException {
    for (var i = 0; i < MAX_ROUNDS && absorbDisplaced(file); i++) {
      stages.reached(Stages.Stage.CHECKED);
    }
    versions.trim(file);
  }

  private void put(Path file, byte[] expected, Draft draft)
      throws IOException, InterruptedException {
    var bytes = draft.document().bytes();
    var seq = known().seq() + 1;
    var print =
        Arrays.equals(expected, known().bytes()) ? known().print() : Fingerprint.of(expected);
    var place = versions.place(file, seq, print);
    var splices = Splice.between(known().bytes(), bytes);
    var after = Fingerprint.of(bytes);
    var now = clock.instant();
    var isNews = !draft.brought().isEmpty() || !print.equals(known().print());
    journal.add(
        new Change(seq, print, after, place.toString(), splices, draft.memory(), now), bytes);
    remember(draft.save());
    var displaced = new Recent.Text(expected, place.toString(), draft.brought(), now);
    if (isNews) {
      journal.add(displaced);
    } else {
      journal.addKnown(displaced);
    }
    stages.reached(Stages.Stage.PLANNED);
    swap.prepare(file, place, bytes);
    stages.reached(Stages.Stage.READY);
    var key = looker.place(place);
    var isOut = swap.exchange(file, place, expected);
    stages.reached(Stages.Stage.EXCHANGED);
    journal.done();
    know(draft.document());
    looker.placed(key);
    stages.reached(Stages.Stage.RECORDED);
    swap.sync(file, place);
    if (isOut) {
      check(file, new Versions.Displaced(place, seq, print.hex()), expected);
    }
  }

  /// What came out must be what was expected. Half a save goes back, so that whoever writes it
  /// finishes it under the file's name.
  private void check(Path file, Versions.Displaced version, byte[] expected)
      throws IOException, InterruptedException {
    if (Versions.holds(version.path(), expected)) {
      versions.tryCheck(version, expected);
      return;
    }
    if (isStart(version, expected) || !isUsable(looker.readQuiet(version.path()))) {
      var key = Stamp.of(version.path()).key();
      swap.giveBack(file, version.path());
      looker.know(key);
      givenBack =
          givenBack
              .filter(half -> half.is(key))
              .or(() -> Optional.of(new GivenBack(key, expected)));
    }
  }

  private static boolean isStart(Versions.Displaced version, byte[] expected) throws IOException {
    return Versions.isReadable(version)
        && Looker.isStart(Files.readAllBytes(version.path()), expected);
  }

  private boolean isUsable(Optional<byte[]> bytes) {
    return bytes.isPresent()
        && !isGitWriting()
        && Utf8.hasInk(bytes.get())
        && !looker.isHalf(bytes.get(), known().bytes())
        && findDocument(bytes.get()).filter(saved -> !saved.hasConflictMarkers()).isPresent();
  }

  private Optional<Document> findDocument(byte[] bytes) {
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
    if (swap.recover(file, Path.of(plan.get().swap()), plan.get().after())) {
      journal.done();
    } else {
      journal.abandoned();
    }
    return true;
  }

  /// Whether one of the displaced files was a save.
  private boolean absorbDisplaced(Path file) throws IOException, InterruptedException {
    for (var version : versions.all(file)) {
      if (!versions.isChecked(version) && Versions.isReadable(version)) {
        var bytes = Files.readAllBytes(version.path());
        if (Versions.holdsItsName(version, bytes)) {
          versions.tryCheck(version, bytes);
        } else if (tryAbsorb(file, version)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean tryAbsorb(Path file, Versions.Displaced version)
      throws IOException, InterruptedException {
    var bytes = looker.readQuiet(version.path());
    if (!isUsable(bytes)) {
      return false;
    }
    if (!Arrays.equals(bytes.get(), known().bytes())) {
      var origin = gitOrigin(bytes.get()).orElse(Save.Origin.DISPLACED);
      var typed = parse(bytes.get());
      var base =
          recent
              .findBase(bytes.get(), version.path(), clock.instant())
              .filter(_ -> origin == Save.Origin.DISPLACED);
      var replayed = replay(new Save(merged(base, typed, false), origin, typed, version.seq()));
      putOrNote(file, known().bytes(), Draft.ofSave(bytes.get(), known().bytes(), replayed));
    }
    versions.accept(version, bytes.get());
    stages.reached(Stages.Stage.ACCEPTED);
    return true;
  }

  /// With what came into the file since the version that the save was made from: its author could
  /// not see that.
  private Document merged(Optional<byte[]> base, Document typed, boolean keepsTheirs) {
    return base.flatMap(old -> Merge.of(parse(old), document(), typed, keepsTheirs))
        .map(this::parse)
        .orElse(typed);
  }

  private Replayed replay(Save save) throws IOException {
    var replayed = Replay.of(known(), document(), save);
    stages.reached(Stages.Stage.REPLAYED);
    return replayed;
  }

  /// A save under the file's name.
  private Optional<Reading> absorb(Sight.Seen seen) throws IOException, InterruptedException {
    if (isGitWriting()) {
      return Optional.of(looker.notYet("git is at work on it (index.lock)"));
    }
    Document saved;
    try {
      saved = parse(seen.bytes());
    } catch (TaskFileException malformed) {
      return Optional.of(looker.refused(String.valueOf(malformed.getMessage())));
    }
    if (saved.hasConflictMarkers()) {
      return Optional.of(looker.notYet("has conflict markers (resolve them)"));
    }
    if (known().isFresh()) {
      journal.start(seen.bytes(), git.isTracked() ? git.position() : "", Change.Memory.NONE);
    } else {
      absorb(seen, saved);
    }
    return Optional.empty();
  }

  private void absorb(Sight.Seen seen, Document saved) throws IOException, InterruptedException {
    var origin = gitOrigin(seen.bytes()).orElse(Save.Origin.FILE);
    var begun = givenBack.filter(half -> looker.isKnown(half.key())).map(GivenBack::base);
    var base =
        begun
            .or(() -> recent.findBase(seen.bytes(), known().bytes(), clock.instant()))
            .filter(_ -> origin == Save.Origin.FILE);
    var merged = merged(base, saved, true);
    var replayed = replay(new Save(merged, origin, saved, Long.MAX_VALUE));
    versions.keep(known().seq(), known().print(), known().bytes());
    var draft = merged == saved ? Draft.of(replayed) : Draft.bringingOthers(seen.bytes(), replayed);
    putOrNote(seen.file(), seen.bytes(), draft);
    givenBack = Optional.empty();
    follow();
    versions.trim(seen.file());
  }

  private void putOrNote(Path file, byte[] current, Draft draft)
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
  private void note(byte[] current, Change.Memory memory) throws IOException {
    var splices = Splice.between(known().bytes(), current);
    var print = Fingerprint.of(current);
    var seq = known().seq() + 1;
    journal.add(new Change(seq, print, print, "", splices, memory, clock.instant()), current);
  }

  /// Whoever saves once more makes that from this text.
  private void remember(Optional<byte[]> save) throws IOException {
    if (save.isPresent()) {
      journal.add(new Recent.Text(save.get(), "", Set.of(), clock.instant()));
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
