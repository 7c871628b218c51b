package adw.flow.run;

import adw.flow.definition.Phase;
import adw.flow.definition.Role;
import adw.flow.definition.Template;
import adw.flow.definition.TemplateScope;
import adw.flow.run.PhaseCaller.Ask;
import adw.run.Stage;
import adw.spend.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The calls of one phase: what is asked, and whether earlier runs have the answer already. Each is
/// wrapped: the record of a call is around its retries (`CallRetry`), which are around each attempt
/// (`CallAttempt`).
final class PhaseCalls {
  private static final Duration IDLE = Duration.ofMinutes(5);

  private final PhaseTurn turn;
  private final Phase.Manner manner;
  private final CallRetry retry;
  private final Path directory;
  private final String context;

  PhaseCalls(PhaseTurn turn, Phase.Manner manner) throws IOException {
    this.turn = turn;
    this.manner = manner;
    this.retry =
        new CallRetry(turn, manner.limits().retry(), new CallAttempt(turn, manner.expect()));
    this.directory = turn.directory(manner);
    this.context = manner.material().context().isEmpty() ? "" : readContext();
  }

  private String readContext() {
    var root = turn.world().site().directory();
    return new ContextFiles(root, turn.frame.place.isGenerated(), turn::note)
        .read(
            manner.material().context(),
            manner.material().contextLimit(),
            turn.scope,
            raw -> turn.note(raw + " stays as written"));
  }

  Role role(Optional<String> name) {
    return turn.frame.roles.playing(name.or(manner.player()::agent));
  }

  /// The whole prompt: the files, then the task.
  String prompt(Template task, TemplateScope scope) {
    return context + turn.fill(task, scope);
  }

  /// The prompt as far as it is the same in every round.
  String unchanging(Template task) {
    return context + task.fill(turn.scope, _ -> {});
  }

  /// The only call of a phase; the phase's own line records it.
  CallResult only(Role role, String prompt) throws IOException, InterruptedException {
    var result = play("", role, prompt);
    turn.spent(result.usage());
    return result;
  }

  /// One of several calls: recorded by itself, so that an interrupted phase need not pay it again.
  CallResult oneOf(String slot, Role role, String prompt) throws IOException, InterruptedException {
    var key = slot + " " + turn.digest(manner).add(role.name()).add(prompt).text();
    var isReusable =
        turn.mode != PhaseTurn.Mode.FRESH && turn.common.cache().scope() != Phase.Caching.Scope.OFF;
    var earlier =
        Optional.of(turn.session().prior())
            .filter(_ -> isReusable)
            .flatMap(prior -> prior.call(turn.path, key));
    if (earlier.isPresent()) {
      return CallResult.of(earlier.get());
    }
    var result = play(slot, role, prompt);
    if (!result.isOpen()) {
      turn.session().recorder().call(turn.path, key, result.toPhaseResult());
    }
    return result;
  }

  /// Takes up a question that the call had asked when the run was left.
  private CallResult play(String slot, Role role, String prompt)
      throws IOException, InterruptedException {
    var ask = ask(slot, role, prompt);
    var asked =
        turn.mode == PhaseTurn.Mode.FRESH
            ? Optional.<EarlierResults.Question>empty()
            : turn.session().prior().question(turn.path, slot);
    if (asked.isEmpty()) {
      return retry.call(ask);
    }
    var question = asked.get();
    if (question.text().isEmpty()) {
      return retry.call(ask.with(PhaseCaller.Continued.stopped(question.session())));
    }
    var answer = turn.world().crew().approver().answer(turn.path, question.text());
    if (answer.isEmpty()) {
      turn.waiting(Stage.Wait.Why.QUESTION, question.text(), Optional.empty());
      return new CallResult.Open(Usage.NONE, 0);
    }
    return retry.call(
        ask.with(new PhaseCaller.Continued(question.session(), question.text(), answer.get())));
  }

  private Ask ask(String slot, Role role, String prompt) {
    var models = turn.world().crew().models();
    return new Ask(
        new Ask.Place(turn.path, slot, directory),
        role,
        prompt,
        new Ask.Wishes(
            models.choose(manner.player().model(), role),
            manner.player().thinking().or(role.wishes()::thinking).or(models::thinking),
            manner.player().tools().or(role.wishes()::tools)),
        new Ask.Limits(manner.limits().timeout(), manner.limits().idleTimeout().orElse(IDLE)),
        Optional.empty());
  }
}
