package adw.flow.run;

import adw.flow.definition.JsonValues;
import adw.flow.definition.Phase;
import adw.flow.definition.PhaseResult;
import adw.flow.definition.PhaseResult.Detail;
import adw.flow.definition.PhaseResult.Remarks;
import adw.flow.definition.Role;
import adw.json.Json;
import adw.json.JsonInText;
import adw.spend.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A tournament: competitors side by side, then a judge who sees them all.
final class TournamentRun {
  private static final String RUBRIC =
      "You are judging competing answers to the same task. Pick the single best variant on"
          + " correctness, completeness, and clarity.";
  private static final Pattern WINNER =
      Pattern.compile("WINNER\\s*[:=]\\s*#?\\s*(\\d{1,9})", Pattern.CASE_INSENSITIVE);

  private final PhaseTurn turn;
  private final Phase.Tournament contest;

  /// Of those that ran, with its number among all.
  private record Variant(int number, CallResult called) {}

  private record Pick(int winner, Optional<String> reason) {}

  TournamentRun(PhaseTurn turn, Phase.Tournament contest) {
    this.turn = turn;
    this.contest = contest;
  }

  Optional<PhaseResult> perform() throws IOException, InterruptedException {
    var fan = new ParallelRun(turn, contest.manner());
    var items = fan.items(contest.competitors());
    var judge = fan.calls().role(contest.judgeAgent());
    var rubric = contest.judge().map(turn::fill).orElse(RUBRIC);
    var hash = new CacheKey().add(fan.hash(items)).add(judge.name()).add(rubric).add(mode()).text();
    var earlier = turn.reusable(hash);
    if (earlier.isPresent() || turn.mode == PhaseTurn.Mode.EARLIER) {
      return earlier;
    }
    var answers = fan.run(items);
    if (answers.stream().anyMatch(called -> called != null && called.isOpen())) {
      return Optional.empty();
    }
    return decide(fan.calls(), judge, rubric, answers).map(result -> result.withHash(hash));
  }

  private String mode() {
    return contest.aggregates() ? "aggregate" : "best";
  }

  /// @param ran all that were not left out, good or not
  /// @param usage of all of them, and of the judge once there is one
  /// @param isCut some were left out, since the budget is spent
  private record Field(List<Variant> ran, Usage usage, boolean isCut) {
    List<Variant> good() {
      return ran.stream().filter(variant -> variant.called().isGood()).toList();
    }

    Field with(CallResult judge) {
      return new Field(ran, usage.plus(judge.usage()), isCut);
    }
  }

  private Optional<PhaseResult> decide(
      PhaseCalls calls, Role judge, String rubric, List<@Nullable CallResult> answers)
      throws IOException, InterruptedException {
    var ran = ran(answers);
    var isCut = ran.size() < answers.size() && !turn.isStopped();
    var field = new Field(ran, ParallelRun.usage(answers), isCut);
    var good = field.good();
    if (good.isEmpty()) {
      return Optional.of(allFailed(field));
    }
    if (good.size() == 1) {
      return Optional.of(won(field, "only surviving variant", List.of(), isCut));
    }
    if (turn.overBudget().isPresent() || turn.isStopped()) {
      var warnings = List.of("judge skipped: run aborted or budget exceeded");
      return Optional.of(won(field, "judge skipped", warnings, turn.overBudget().isPresent()));
    }
    var verdict = calls.oneOf("judge", judge, prompt(rubric, ran));
    return verdict.isOpen() ? Optional.empty() : Optional.of(judged(field.with(verdict), verdict));
  }

  private PhaseResult allFailed(Field field) {
    var error =
        turn.isStopped()
            ? CallResult.ABORTED
            : "tournament '"
                + turn.common.id()
                + "': all "
                + contest.competitors().size()
                + " variants failed";
    return PhaseResult.failed(error)
        .with(field.usage())
        .with(Remarks.NONE.cut(field.isCut()))
        .with(judged(0, Optional.empty()));
  }

  private static List<Variant> ran(List<@Nullable CallResult> answers) {
    var ran = new ArrayList<Variant>();
    for (var i = 0; i < answers.size(); i++) {
      var called = answers.get(i);
      if (called != null) {
        ran.add(new Variant(i + 1, called));
      }
    }
    return ran;
  }

  private PhaseResult judged(Field field, CallResult verdict) {
    var first = field.good().getFirst();
    if (!verdict.isGood()) {
      var warning =
          "judge failed (" + verdict.error().orElse("error") + "); used variant " + first.number();
      return won(field, "judge failed", List.of(warning), field.isCut());
    }
    var pick = pick(verdict.output(), field.ran().size());
    var picked = field.ran().get(pick.winner() - 1);
    var isEligible = picked.called().isGood();
    var winner = isEligible ? picked : first;
    var warnings =
        isEligible
            ? List.<String>of()
            : List.of("judge picked an ineligible variant; used variant " + winner.number());
    var best = contest.aggregates() ? verdict : winner.called();
    return PhaseResult.done(best.output())
        .withJson(turn.json(best.output()))
        .with(field.usage())
        .with(Remarks.NONE.withWarnings(warnings).withModel(best.model()).cut(field.isCut()))
        .with(judged(winner.number(), pick.reason()));
  }

  /// The first that is good wins without a judge.
  private PhaseResult won(Field field, String reason, List<String> warnings, boolean isCut) {
    var winner = field.good().getFirst();
    var output = winner.called().output();
    return PhaseResult.done(output)
        .withJson(turn.json(output))
        .with(field.usage())
        .with(Remarks.NONE.withWarnings(warnings).withModel(winner.called().model()).cut(isCut))
        .with(judged(winner.number(), Optional.of(reason)));
  }

  private Detail judged(int winner, Optional<String> reason) {
    return new Detail.Judged(contest.competitors().size(), winner, mode(), reason);
  }

  private String prompt(String rubric, List<Variant> ran) {
    var shown =
        IntStream.range(0, ran.size())
            .mapToObj(i -> "### Variant " + (i + 1) + shown(ran.get(i).called()))
            .collect(Collectors.joining("\n\n---\n\n"));
    var order =
        contest.aggregates()
            ? "Synthesize the strongest possible answer by combining the best parts of the eligible"
                + " variants. Then end with a line: WINNER: <number> indicating which variant"
                + " contributed most."
            : "End your reply with a line exactly: WINNER: <number> (1–"
                + ran.size()
                + "), choosing the strongest eligible variant.";
    return rubric + "\n\nThe candidate variants:\n\n" + shown + "\n\n" + order;
  }

  private static String shown(CallResult called) {
    return called.isGood()
        ? "\n\n" + called.output()
        : " (failed — ineligible)\n\n(upstream error: subagent failed; see error)";
  }

  /// `{"winner": 2}` or a last `WINNER: 2`; what cannot be read is the first.
  private static Pick pick(String answer, int count) {
    if (JsonInText.find(answer).orElse(new Json.Null()) instanceof Json.Obj object) {
      var number =
          object
              .find("winner")
              .or(() -> object.find("best"))
              .or(() -> object.find("choice"))
              .map(TournamentRun::number)
              .orElse(OptionalInt.empty());
      if (number.isPresent()) {
        return new Pick(
            Math.clamp(number.getAsInt(), 1, count),
            object.findText("reason").map(String::strip).filter(text -> !text.isEmpty()));
      }
    }
    var found = WINNER.matcher(answer);
    var last = OptionalInt.empty();
    while (found.find()) {
      last = OptionalInt.of(Integer.parseInt(found.group(1)));
    }
    return last.isPresent()
        ? new Pick(Math.clamp(last.getAsInt(), 1, count), Optional.empty())
        : new Pick(1, Optional.of("no parseable winner; defaulted to variant 1"));
  }

  private static OptionalInt number(Json value) {
    var number = JsonValues.parseNumber(JsonValues.text(value).strip());
    return number.isPresent() && !Double.isInfinite(number.getAsDouble())
        ? OptionalInt.of((int) Math.floor(number.getAsDouble()))
        : OptionalInt.empty();
  }
}
