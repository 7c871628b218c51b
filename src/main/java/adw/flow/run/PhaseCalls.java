package adw.flow.run;

import adw.flow.definition.ExpectedJson;
import adw.flow.definition.Phase;
import adw.flow.definition.PhaseResult;
import adw.flow.definition.Role;
import adw.flow.definition.Template;
import adw.flow.definition.TemplateScope;
import adw.flow.run.PhaseCaller.Ask;
import adw.flow.run.PhaseCaller.Reply;
import adw.json.Json;
import adw.json.JsonInText;
import adw.os.ProblemWords;
import adw.spend.Usage;
import adw.text.PlainText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The calls of one phase: roles, models, files read before the prompt, repetitions, budget, and
/// what earlier runs already paid for.
final class PhaseCalls {
  static final String ABORTED = "Subagent was aborted";
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final int TRANSIENT_RETRIES = 3;
  private static final long TRANSIENT_MILLIS = 2_000;
  private static final long LONGEST_MILLIS = 60_000;

  private final PhaseRun turn;
  private final Phase.Manner manner;
  private final Path directory;
  private final String context;

  PhaseCalls(PhaseRun turn, Phase.Manner manner) throws IOException {
    this.turn = turn;
    this.manner = manner;
    this.directory = turn.directory(manner);
    var confined = turn.play.place.isGenerated();
    this.context =
        manner.context().isEmpty()
            ? ""
            : new ContextFiles(turn.world().site().directory(), confined, turn::note)
                .read(
                    manner.context(),
                    manner.contextLimit(),
                    turn.scope,
                    raw -> turn.note(raw + " stays as written"));
  }

  /// What came of a call.
  ///
  /// @param isOpen the agent asks a person
  /// @param again how often it may be repeated where the phase does not say
  /// @param unfit what does not fit in an answer that was expected to look otherwise
  record Called(
      boolean isGood,
      String output,
      Optional<String> error,
      Usage usage,
      int attempts,
      Optional<String> model,
      boolean isOpen,
      int again,
      Optional<String> unfit) {

    static Called good(String output, Usage usage, int attempts, Optional<String> model) {
      return new Called(
          true, output, Optional.empty(), usage, attempts, model, false, 0, Optional.empty());
    }

    static Called failed(String error, Usage usage, int attempts, int again) {
      return new Called(
          false,
          error,
          Optional.of(error),
          usage,
          attempts,
          Optional.empty(),
          false,
          again,
          Optional.empty());
    }

    /// Answered, with something that does not fit `expect`: once more, unless the phase says.
    static Called unfit(String problem, Usage usage, int attempts) {
      var error = "the answer does not fit 'expect': " + problem;
      return new Called(
          false,
          error,
          Optional.of(error),
          usage,
          attempts,
          Optional.empty(),
          false,
          1,
          Optional.of(problem));
    }

    static Called open(Usage usage, int attempts) {
      return new Called(
          false,
          "",
          Optional.empty(),
          usage,
          attempts,
          Optional.empty(),
          true,
          0,
          Optional.empty());
    }
  }

  Role role(Optional<String> name) {
    return turn.play.roles.playing(name.or(manner::agent));
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
  Called only(Role role, String prompt) throws IOException, InterruptedException {
    var called = play("", role, prompt);
    turn.spent(called.usage());
    return called;
  }

  /// One of several calls: recorded by itself, so that an interrupted phase need not pay it again.
  Called oneOf(String slot, Role role, String prompt) throws IOException, InterruptedException {
    var key = slot + " " + turn.digest(manner).add(role.name()).add(prompt).text();
    var earlier =
        turn.mode == PhaseRun.Mode.FRESH || turn.common.cache().scope() == Phase.Caching.Scope.OFF
            ? Optional.<PhaseResult>empty()
            : turn.session().prior().call(turn.path, key);
    if (earlier.isPresent()) {
      return of(earlier.get());
    }
    var called = play(slot, role, prompt);
    if (!called.isOpen()) {
      turn.session().recorder().call(turn.path, key, toResult(called));
    }
    return called;
  }

  private static Called of(PhaseResult earlier) {
    return Called.good(
        earlier.output().orElse(""),
        earlier.usage(),
        earlier.remarks().attempts().orElse(1),
        earlier.remarks().model());
  }

  static PhaseResult toResult(Called called) {
    var remarks = PhaseResult.Remarks.NONE.withModel(called.model());
    var result =
        called.isGood()
            ? PhaseResult.done(called.output())
            : PhaseResult.failed(called.error().orElse(called.output()));
    return result
        .with(called.usage())
        .with(called.attempts() > 1 ? remarks.withAttempts(called.attempts()) : remarks);
  }

  private Called play(String slot, Role role, String prompt)
      throws IOException, InterruptedException {
    var ask =
        new Ask(
            turn.path,
            slot,
            role,
            prompt,
            turn.world().crew().models().choose(manner.model(), role),
            manner.thinking().or(role::thinking).or(turn.world().crew().models()::thinking),
            manner.tools().or(role::tools),
            directory,
            manner.timeout(),
            manner.idleTimeout().orElse(IDLE),
            Optional.empty());
    var asked =
        turn.mode == PhaseRun.Mode.FRESH
            ? Optional.<EarlierResults.Question>empty()
            : turn.session().prior().question(turn.path, slot);
    if (asked.isPresent() && asked.get().text().isEmpty()) {
      return repeat(ask.with(PhaseCaller.Continued.stopped(asked.get().session())));
    }
    if (asked.isPresent()) {
      var question = asked.get();
      var answer = turn.world().crew().approver().answer(turn.path, question.text());
      if (answer.isEmpty()) {
        return waiting("question", question.text(), Optional.empty(), Usage.NONE, 0);
      }
      ask = ask.with(new PhaseCaller.Continued(question.session(), question.text(), answer.get()));
    }
    return repeat(ask);
  }

  private Called repeat(Ask first) throws InterruptedException, IOException {
    var usage = Usage.NONE;
    var ask = first;
    for (var attempt = 1; ; attempt++) {
      var called = attempt(ask, usage, attempt);
      usage = called.usage();
      var wait =
          called.isGood() || called.isOpen() ? Optional.<Duration>empty() : pause(called, attempt);
      if (wait.isEmpty() || turn.isStopped()) {
        return called;
      }
      if (turn.overBudget().isPresent()) {
        turn.cutShort();
        return called;
      }
      ask = called.unfit().map(first::correctedFor).orElse(first);
      try {
        turn.world().time().pause().pause(wait.get());
      } catch (InterruptedException _) {
        return aborted(usage, attempt);
      }
    }
  }

  /// How long to wait before the next attempt; empty when there is none. An explicit `max` is the
  /// whole allowance. `max: 0` asks for nothing, so that only trouble on the wire is tried again,
  /// as without a policy.
  private Optional<Duration> pause(Called called, int attempt) {
    var asked = manner.retry().map(Phase.Retry::max).orElse(0);
    return attempt > (asked > 0 ? asked : called.again())
        ? Optional.empty()
        : Optional.of(
            manner
                .retry()
                .map(retry -> growing(retry.backoffMillis(), retry.factor(), attempt))
                .orElseGet(
                    () -> growing(called.unfit().isPresent() ? 0 : TRANSIENT_MILLIS, 2, attempt)));
  }

  private static Duration growing(long millis, double factor, int attempt) {
    return Duration.ofMillis(
        (long) Math.min(LONGEST_MILLIS, millis * Math.pow(factor, attempt - 1)));
  }

  private Called attempt(Ask ask, Usage before, int attempt) throws IOException {
    Reply reply;
    try {
      reply = turn.world().crew().player().play(ask, watch());
    } catch (InterruptedException _) {
      return aborted(before, attempt);
    } catch (IOException e) {
      var why = PlainText.line(ProblemWords.of(e), 400);
      return Called.failed(why, before, attempt, 0);
    }
    turn.play.spend.add(reply.usage());
    var usage = before.plus(reply.usage());
    return switch (reply) {
      case Reply.Said said -> said(said, usage, attempt);
      case Reply.Failed failed ->
          Called.failed(
              FailureText.text(failed),
              usage,
              attempt,
              FailureText.isTransient(failed) ? TRANSIENT_RETRIES : 0);
      case Reply.Waits waits -> {
        turn.session().recorder().waits(turn.path, ask.slot(), waits, usage);
        yield waiting(waits.what(), waits.message(), waits.until(), usage, attempt);
      }
    };
  }

  private Called waiting(
      String what, String message, Optional<Instant> until, Usage usage, int attempt) {
    turn.session().waiting().add(new FlowOutcome.Waiting(turn.path, what, message, until));
    return Called.open(usage, attempt);
  }

  private Called aborted(Usage usage, int attempt) {
    turn.play.aborted();
    return Called.failed(ABORTED, usage, attempt, 0);
  }

  private Called said(Reply.Said said, Usage usage, int attempt) {
    var output = PlainText.output(said.text());
    var problem = manner.expect().flatMap(expect -> mismatch(expect, output));
    return problem.isPresent()
        ? Called.unfit(problem.get(), usage, attempt)
        : Called.good(output, usage, attempt, said.model());
  }

  private static Optional<String> mismatch(ExpectedJson expect, String output) {
    var json = JsonInText.find(output);
    return json.isEmpty() ? Optional.of("there is no JSON in it") : json.flatMap(expect::problem);
  }

  private PhaseCaller.Watch watch() {
    var spend = turn.play.spend.mark();
    return new PhaseCaller.Watch() {
      @Override
      public Optional<String> tooMuch(Usage soFar) {
        return spend.over(soFar).map(reason -> "budget exceeded: " + reason);
      }

      @Override
      public void says(String line) {
        turn.session().tell(new FlowListener.Event.Said(turn.path, PlainText.line(line, 200)));
      }

      @Override
      public void warns(String text) {
        turn.warnOnce(text);
      }

      @Override
      public void wasIn(String session, String agent) throws IOException {
        turn.session().recorder().session(turn.path, session, agent);
      }
    };
  }

  /// The parsed output, or the output itself where it is no JSON.
  static Json parsedOrRaw(String output) {
    return JsonInText.find(output).orElse(new Json.Str(output));
  }
}
