package adw.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.data.Offset.offset;

import adw.agent.Agent;
import adw.agent.AgentCall;
import adw.agent.AgentPauses;
import adw.agent.Answer;
import adw.agent.BudgetedAgent;
import adw.agent.CallLimits;
import adw.agent.FailureKind;
import adw.agent.LastMessage;
import adw.run.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetsTest {
  private static final Cap RUN = new Cap.OfRun("adw_1a2b3c4d", 2);
  private static final Cap DAY = new Cap.OfDay(ZoneOffset.UTC, 5);

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-11-21T22:00:00Z");

  @Test
  void aCapCountsWhatAllProcessesHaveWritten() throws Exception {
    var mine = budgets(RUN, DAY);
    var other = budgets(RUN, DAY);
    spend(mine, "adw_1a2b3c4d", 1.5);
    assertThat(mine.findExcess()).isEmpty();

    spend(other, "adw_1a2b3c4d", 0.75);

    assertThat(mine.findExcess())
        .isEqualTo(Optional.of("spent $2.25 of $2.00 for run adw_1a2b3c4d"));
  }

  @Test
  void anotherRunCountsOnlyAgainstTheDay() throws Exception {
    var budgets = budgets(RUN, DAY);

    spend(budgets, "adw_00000000", 6);

    assertThat(budgets.findExcess())
        .isEqualTo(Optional.of("spent $6.00 of $5.00 for day 2026-11-21"));
  }

  @Test
  void aNewDayHasItsMoneyAnew() throws Exception {
    var budgets = budgets(DAY);
    spend(budgets, "adw_00000000", 6);
    assertThat(budgets.findExcess()).isPresent();

    now = now.plus(Duration.ofHours(3));

    assertThat(budgets.findExcess()).isEmpty();
  }

  @Test
  void aDayIsThatOfTheZone() throws Exception {
    var berlin = budgets(new Cap.OfDay(ZoneId.of("Asia/Tokyo"), 5));
    spend(berlin, "adw_00000000", 6);

    assertThat(berlin.findExcess().orElseThrow()).endsWith("for day 2026-11-22");
  }

  @Test
  void aPersonCanRaiseACap() throws Exception {
    var budgets = budgets(DAY);
    spend(budgets, "adw_00000000", 6);
    assertThat(budgets.findExcess()).isPresent();

    new BudgetRaises(folder.resolve("agents")).add(DAY, 20, now);

    assertThat(budgets.findExcess()).isEmpty();
  }

  @Test
  void aGroupHasACapOfItsOwn() throws Exception {
    var budgets = budgets(new Cap.OfGroup("login", 1));
    budgets.open("adw_00000000", "login", "claude", "opus").close(usd(1.25));

    assertThat(budgets.findExcess()).isEqualTo(Optional.of("spent $1.25 of $1.00 for group login"));
  }

  @Test
  void aCallIsStoppedByWhatItAndOthersSpendWhileItRuns() throws Exception {
    var mine = budgets(DAY).open("adw_1a2b3c4d", "", "claude", "opus");
    var other = budgets(DAY).open("adw_00000000", "", "claude", "opus");

    assertThat(mine.findExcess(usd(3))).isEmpty();
    assertThat(other.findExcess(usd(1.9))).isEmpty();
    assertThat(mine.findExcess(usd(3))).isEmpty();

    assertThat(other.findExcess(usd(2.5)))
        .isEqualTo(Optional.of("spent $5.50 of $5.00 for day 2026-11-21"));
    assertThat(mine.findExcess(usd(3))).isPresent();
  }

  @Test
  void inTheLedgerACallIsOneHoweverOftenItWasWritten() throws Exception {
    var tally = budgets(DAY).open("adw_1a2b3c4d", "", "claude", "opus");
    tally.findExcess(usd(1));
    tally.findExcess(usd(2));

    tally.close(new Usage(300, 20, 10, 2.5, 1));

    var sum = new StateFolder(folder).openLedger().sum(_ -> true);
    assertThat(sum).isEqualTo(new Usage(300, 20, 10, 2.5, 1));
  }

  @Test
  void anAccountedAgentIsNotCalledOnceTheMoneyIsSpent() throws Exception {
    var calls = new ArrayList<String>();
    var agent = accounted(calls, new Answer.Done(said(3)), DAY);

    assertThat(agent.run(call(), Meter.free()).isDone()).isTrue();
    assertThat(agent.run(call(), Meter.free()).isDone()).isTrue();
    var third = (Answer.Failed) agent.run(call(), Meter.free());

    assertThat(calls).hasSize(2);
    assertThat(third.kind()).isEqualTo(FailureKind.BUDGET);
    assertThat(third.message()).isEqualTo("spent $6.00 of $5.00 for day 2026-11-21");
  }

  @Test
  void theProgramIsToldHowMuchIsLeft() throws Exception {
    var limits = new ArrayList<CallLimits>();
    var agent =
        new BudgetedAgent(
            new Scripted(call -> {
              limits.add(call.limits());
              return new Answer.Done(said(3));
            }),
            new AgentPauses(folder.resolve("paused"), () -> now),
            budgets(DAY));

    agent.run(call(), Meter.free());
    agent.run(call(), Meter.free());

    assertThat(limits).extracting(limit -> limit.usd().orElseThrow()).containsExactly(5.0, 2.0);
  }

  @Test
  void whoeverNoticesItTheAnswerNamesTheCap() throws Exception {
    var own =
        new Answer.Failed(
            said(5.5), FailureKind.BUDGET, "Reached maximum budget ($5)", Optional.empty());

    var answer = accounted(new ArrayList<>(), own, DAY).run(call(), Meter.free());

    assertThat(((Answer.Failed) answer).message())
        .isEqualTo("spent $5.50 of $5.00 for day 2026-11-21");
  }

  @Test
  void anAccountedAgentIsNotCalledWhileItPauses() throws Exception {
    var calls = new ArrayList<String>();
    var until = Optional.of(now.plusSeconds(60));
    var limit = new Answer.Failed(LastMessage.NOTHING, FailureKind.RATE_LIMIT, "slow down", until);
    var agent = accounted(calls, limit, DAY);

    agent.run(call(), Meter.free());
    var second = (Answer.Failed) agent.run(call(), Meter.free());

    assertThat(calls).hasSize(1);
    assertThat(second.kind()).isEqualTo(FailureKind.RATE_LIMIT);
    assertThat(second.retryAt()).isEqualTo(until);
    assertThat(second.message())
        .isEqualTo("claude is paused until 2026-11-21T22:01:00Z: slow down");

    now = now.plusSeconds(60);
    agent.run(call(), Meter.free());
    assertThat(calls).hasSize(2);
  }

  @Test
  void whatAnInterruptedCallHadSpentIsWritten() throws Exception {
    var agent =
        new BudgetedAgent(
            new Agent() {
              @Override
              public String name() {
                return "claude";
              }

              @Override
              public Answer run(AgentCall call, Meter meter) throws InterruptedException {
                var _ = meter.findExcess(usd(0.75));
                throw new InterruptedException();
              }
            },
            new AgentPauses(folder.resolve("paused"), () -> now),
            budgets(DAY));

    assertThat(catchThrowable(() -> agent.run(call(), Meter.free())))
        .isInstanceOf(InterruptedException.class);

    assertThat(new StateFolder(folder).openLedger().sum(_ -> true).usd())
        .isCloseTo(0.75, offset(1e-9));
  }

  private BudgetedAgent accounted(List<String> calls, Answer answer, Cap cap) throws IOException {
    var agent =
        new Scripted(call -> {
          calls.add(call.prompt());
          return answer;
        });
    return new BudgetedAgent(
        agent, new AgentPauses(folder.resolve("paused"), () -> now), budgets(cap));
  }

  private record Scripted(Function<AgentCall, Answer> script) implements Agent {
    @Override
    public String name() {
      return "claude";
    }

    @Override
    public Answer run(AgentCall call, Meter meter) {
      return script.apply(call);
    }
  }

  private static LastMessage said(double usd) {
    return new LastMessage(
        "", Optional.empty(), Optional.empty(), usd(usd), CostSource.REPORTED, 1);
  }

  private static AgentCall call() {
    return AgentCall.of("x", Path.of("/"), Map.of("ADW_RUN_ID", "adw_1a2b3c4d"));
  }

  private static void spend(Budgets budgets, String run, double usd) throws Exception {
    budgets.open(run, "", "claude", "opus").close(usd(usd));
  }

  private static Usage usd(double usd) {
    return new Usage(0, 0, 0, usd, 1);
  }

  private Budgets budgets(Cap... caps) throws IOException {
    return new Budgets(
        new StateFolder(folder).openLedger(),
        new BudgetRaises(folder.resolve("agents")),
        List.of(caps),
        () -> now);
  }
}
