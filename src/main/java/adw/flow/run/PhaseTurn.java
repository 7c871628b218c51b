package adw.flow.run;

import adw.flow.definition.ConfinedPath;
import adw.flow.definition.FlowException;
import adw.flow.definition.Phase;
import adw.flow.definition.PhaseResult;
import adw.flow.definition.Template;
import adw.flow.definition.TemplateScope;
import adw.json.Json;
import adw.json.JsonInText;
import adw.run.Stage;
import adw.spend.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One phase at work: what its placeholders see, what earlier runs know of it, what it notes.
final class PhaseTurn {
  enum Mode {
    /// Earlier results are used, else it is done.
    USUAL,
    /// Earlier results are used, else it stays open.
    EARLIER,
    /// It is done again whatever is known.
    FRESH
  }

  final FlowFrame frame;
  final Phase.Common common;
  final List<String> path;
  final TemplateScope scope;
  final Mode mode;

  /// How many gates have sent this phase back.
  final int depth;

  private final Set<String> notes = Collections.synchronizedSet(new LinkedHashSet<>());
  private volatile boolean isCut;
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  private Usage unrecorded = Usage.NONE;

  PhaseTurn(
      FlowFrame frame,
      Phase.Common common,
      List<String> path,
      TemplateScope scope,
      Mode mode,
      int depth) {
    this.frame = frame;
    this.common = common;
    this.path = path;
    this.scope = scope;
    this.mode = mode;
    this.depth = depth;
  }

  /// The result with what was noted of the phase meanwhile.
  PhaseResult remarked(PhaseResult result) {
    var all = new ArrayList<>(warnings);
    all.addAll(result.remarks().warnings());
    var remarks = all.isEmpty() ? result.remarks() : result.remarks().withWarnings(all);
    return result.with(isCut ? remarks.cut(true) : remarks);
  }

  /// Something that would have been tried again was not, since the budget is spent.
  void cutShort() {
    isCut = true;
  }

  FlowContext session() {
    return frame.session;
  }

  FlowWorld world() {
    return frame.session.world();
  }

  String fill(Template template) {
    return fill(template, scope);
  }

  String fill(Template template, TemplateScope names) {
    return template.fill(names, raw -> notes.add(raw + " stays as written"));
  }

  void note(String text) {
    notes.add(text);
  }

  void warn(String text) {
    warnings.add(text);
  }

  /// Each of a phase's calls may have the same to say.
  void warnOnce(String text) {
    synchronized (warnings) {
      if (!warnings.contains(text)) {
        warnings.add(text);
      }
    }
  }

  Set<String> notes() {
    synchronized (notes) {
      return notes.isEmpty() ? Set.of() : new LinkedHashSet<>(notes);
    }
  }

  /// Money that no line of the record tells of yet.
  synchronized void spent(Usage usage) {
    unrecorded = unrecorded.plus(usage);
  }

  synchronized Usage unrecorded() {
    return unrecorded;
  }

  /// A digest that begins with what every kind of phase depends on.
  CacheKey digest(Phase.Manner manner) {
    var digest =
        new CacheKey()
            .add(frame.flow.name())
            .add(common.type())
            .add(common.id())
            .add(manner.player().thinking().orElse(""))
            .add(manner.player().model().orElse(""))
            .add(manner.player().tools().orElse(List.of()))
            .add(manner.material().cwd().map(this::fill).orElse(""))
            .add(manner.expect().map(expect -> expect.schema().write()).orElse(""));
    return common.cache().fingerprint().isEmpty()
        ? digest
        : digest.add(new WorldFingerprint(world(), this::note).of(common.cache().fingerprint()));
  }

  /// What this run, or with `cross-run` any run, already has for the same input.
  Optional<PhaseResult> reusable(String hash) {
    var scopeOfCache = common.cache().scope();
    if (mode == Mode.FRESH || scopeOfCache == Phase.Caching.Scope.OFF) {
      return Optional.empty();
    }
    var earlier = session().prior().phase(path, hash);
    return earlier.isPresent() || scopeOfCache != Phase.Caching.Scope.CROSS_RUN
        ? earlier
        : world().shelf().cache().find(hash, common.cache().ttl());
  }

  /// Keeps a result for other runs, where the phase wants that.
  PhaseResult keep(PhaseResult result) throws IOException {
    if (common.cache().scope() == Phase.Caching.Scope.CROSS_RUN
        && result.isDone()
        && !result.remarks().isCut()) {
      world().shelf().cache().put(result.hash(), result);
    }
    return result;
  }

  /// The JSON of an output, where the phase wants it.
  Optional<Json> json(String output) {
    return common.effect().wantsJson() ? JsonInText.find(output) : Optional.empty();
  }

  /// The phase stays open until somebody has acted, or a time has come.
  void waiting(Stage.Wait.Why what, String message, Optional<Instant> until) {
    session().waiting().add(new FlowOutcome.Waiting(path, what, message, until));
  }

  Optional<String> overBudget() {
    return frame.spend.over();
  }

  boolean isStopped() {
    return session().stop().isRequested();
  }

  /// Where the phase's calls work.
  Path directory(Phase.Manner manner) throws IOException {
    var base = world().site().directory();
    if (manner.material().cwd().isEmpty()) {
      return base;
    }
    var wanted = base.resolve(fill(manner.material().cwd().get())).normalize();
    if (frame.place.isGenerated() && !ConfinedPath.isInside(base, wanted)) {
      throw new FlowException("cwd '" + wanted + "' lies outside the working directory");
    }
    return wanted;
  }
}
