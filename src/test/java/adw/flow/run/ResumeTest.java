package adw.flow.run;

import static adw.flow.run.FlowProject.flow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.flow.definition.FlowException;
import adw.flow.definition.PhaseResult;
import adw.flow.drawing.GraphDrawing;
import adw.json.Json;
import adw.json.JsonException;
import adw.run.ApprovalAnswer;
import adw.run.Stage;
import adw.spend.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
  private static final String EVERYTHING =
      """
      {"name":"f","phases":[
        {"id":"a","task":"<<say [1,2,3]>>","output":"json"},
        {"id":"m","type":"map","over":"{steps.a.json}","task":"item {item}","dependsOn":["a"],"concurrency":1},
        {"id":"l","type":"loop","task":"round {loop.iteration} after {loop.lastOutput}","until":"{loop.iteration} == 3"},
        {"id":"t","type":"tournament","variants":2,"task":"variant<<say v#v#>>","judge":"<<say WINNER: 2>>","concurrency":1},
        {"id":"s","type":"flow","def":[{"id":"x","task":"inner x"},{"id":"y","task":"inner y {steps.x.output}","dependsOn":["x"]}]},
        {"id":"g","type":"gate","task":"<<say VERDICT: PASS>>","dependsOn":["m","l","t","s"]},
        {"id":"z","task":"all {steps.m.output} {steps.l.output} {steps.s.output}","dependsOn":["g","m","l","s"]}]}\
      """;

  @TempDir Path folder;
  FlowProject project = new FlowProject(Path.of("."));

  @BeforeEach
  void open() {
    project = new FlowProject(folder);
  }

  /// Whatever a process had written when it was killed: the rest is done, and nothing twice.
  @Test
  void aRunKilledAtAnyByteOfItsRecordPaysNothingTwice() throws Exception {
    var ready = project.ready(EVERYTHING, "{}");
    var whole = project.runs().create(ready.flow(), project.clock);
    var first = project.engine().run(ready, whole, new FlowStop());
    var calls = project.stub.takePrompts();
    var record = Files.readAllBytes(whole.phases().file());
    var step = Math.max(1, record.length / 60);

    for (var cut = 0; cut <= record.length; cut += step) {
      var place = new FlowRecordPlace(folder.resolve("cut-" + cut), "cut-" + cut);
      Files.createDirectories(place.folder());
      Files.copy(whole.run(), place.run());
      Files.write(place.phases().file(), Arrays.copyOf(record, cut));
      var lines =
          new String(record, 0, cut, java.nio.charset.StandardCharsets.UTF_8).split("\n", -1);
      var paid = Arrays.stream(lines).mapToLong(ResumeTest::callsIn).sum();

      var ended = project.engine().resume(place, new FlowStop());

      assertThat(ended.status()).as("cut at %d", cut).isEqualTo(FlowOutcome.Status.COMPLETED);
      assertThat(ended.usage().calls()).isEqualTo(first.usage().calls());
      assertThat(project.stub.takePrompts())
          .as("cut at %d", cut)
          .hasSize((int) (calls.size() - paid));
    }
  }

  /// None in a line that was cut off.
  private static long callsIn(String line) {
    Json.Obj json;
    try {
      json = Json.parseObject(line);
    } catch (JsonException cutOff) {
      return 0;
    }
    return json.findText("key").isPresent()
        ? json.findObject("result")
            .flatMap(r -> r.findObject("usage"))
            .flatMap(u -> u.findLong("calls"))
            .orElse(0L)
        : json.findObject("spent").flatMap(u -> u.findLong("calls")).orElse(0L);
  }

  @Test
  void whatWasDoneIsKeptAndWhatFailedIsDoneAgain() throws Exception {
    var ready =
        project.ready(
            flow(
                "{\"id\":\"m\",\"type\":\"map\",\"over\":[1,2,3],\"task\":\"i{item}<<failn 1"
                    + " k{item} no>>\"}"),
            "{}");
    var place = project.runs().create(ready.flow(), project.clock);
    assertThat(project.engine().run(ready, place, new FlowStop()).status())
        .isEqualTo(FlowOutcome.Status.FAILED);
    project.stub.takePrompts();

    var again = project.engine().resume(place, new FlowStop());
    assertThat(again.status()).isEqualTo(FlowOutcome.Status.COMPLETED);
    assertThat(project.stub.takePrompts()).hasSize(3);
    assertThat(again.spent().calls()).isEqualTo(6);

    project.engine().resume(place, new FlowStop());
    assertThat(project.stub.takePrompts()).isEmpty();
  }

  @Test
  void anItemOfAMapThatWentWellIsNotPaidAgainWhenAnotherFailed() throws Exception {
    var ready =
        project.ready(
            flow(
                "{\"id\":\"m\",\"type\":\"map\",\"over\":[\"fine\",\"<<failn 1 k"
                    + " no>>ok\"],\"task\":\"{item}\"}"),
            "{}");
    var place = project.runs().create(ready.flow(), project.clock);
    project.engine().run(ready, place, new FlowStop());
    project.stub.takePrompts();

    var again = project.engine().resume(place, new FlowStop());

    assertThat(again.status()).isEqualTo(FlowOutcome.Status.COMPLETED);
    assertThat(project.stub.takePrompts()).containsExactly("<<failn 1 k no>>ok");
  }

  @Test
  void whatFailedCallsCostCountsAlsoWhenTheRunWasKilledBeforeTheirPhaseEnded() throws Exception {
    var ready =
        project.ready(
            flow(
                "{\"id\":\"m\",\"type\":\"map\",\"over\":[\"<<fail"
                    + " no>>\",\"fine\"],\"task\":\"{item}\",\"concurrency\":1}"),
            "{}");
    var place = project.runs().create(ready.flow(), project.clock);
    project.engine().run(ready, place, new FlowStop());
    var lines = Files.readAllLines(place.phases().file());
    Files.write(place.phases().file(), lines.subList(0, 1));

    assertThat(project.engine().resume(place, new FlowStop()).spent().calls()).isEqualTo(3);
  }

  @Test
  void aRunThatIsAliveCannotBeResumedAndOfTwoOneWins() throws Exception {
    var release = new CountDownLatch(1);
    var working = new CountDownLatch(1);
    project.player =
        (ask, watch) -> {
          working.countDown();
          release.await();
          return project.stub.play(ask, watch);
        };
    var ready = project.ready(flow("{\"id\":\"a\",\"task\":\"a\"}"), "{}");
    var place = project.runs().create(ready.flow(), project.clock);
    var run =
        CompletableFuture.supplyAsync(() -> {
          try {
            return project.engine().run(ready, place, new FlowStop());
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    working.await();

    var seen = FlowRuns.read(place);
    assertThat(seen.status()).isEqualTo("running");
    assertThat(seen.atWork()).containsExactly("a");
    assertThat(GraphDrawing.of(seen.graph(seen.created().plusSeconds(65)).orElseThrow()))
        .satisfiesExactly(
            header -> assertThat(header).endsWith(" flow f  0/1 · 1▸ · 1m05s"),
            row -> assertThat(row).contains("a  agent").endsWith("1m05s"));
    assertThatThrownBy(() -> project.engine().resume(place, new FlowStop()))
        .hasMessage(
            "run "
                + place.runId()
                + " is being worked on by another process (wait for it or stop it)");
    release.countDown();

    assertThat(run.get(3, TimeUnit.MINUTES).status()).isEqualTo(FlowOutcome.Status.COMPLETED);
    assertThat(FlowRuns.read(place).status()).isEqualTo("completed");
    assertThat(project.stub.takePrompts()).containsExactly("a");
  }

  @Test
  void aStoppedRunIsPausedAndGoesOn() throws Exception {
    var stop = new FlowStop();
    var flow =
        flow(
            "{\"id\":\"a\",\"task\":\"<<say A>>\"},{\"id\":\"b\",\"task\":\"<<failn 0 k"
                + " x>>b\",\"dependsOn\":[\"a\"]},{\"id\":\"c\",\"task\":\"c\",\"dependsOn\":[\"b\"]}");
    var ready = project.ready(flow, "{}");
    var place = project.runs().create(ready.flow(), project.clock);
    project.player =
        (ask, watch) -> {
          if (ask.place().path().equals(List.of("b"))) {
            stop.request();
            new CountDownLatch(1).await();
          }
          return project.stub.play(ask, watch);
        };

    var paused = project.engine().run(ready, place, stop);
    project.player = project.stub;
    var ended = project.engine().resume(place, new FlowStop());

    assertThat(paused.status()).isEqualTo(FlowOutcome.Status.PAUSED);
    assertThat(paused.phases().keySet()).containsExactly("a", "b");
    assertThat(ended.finalOutput()).isEqualTo("c");
    assertThat(project.stub.takePrompts()).containsExactly("<<failn 0 k x>>b", "<<say A>>", "c");
  }

  @Test
  void anApprovalThatTakesLongPausesTheRunUntilItsAnswerIsThere() throws Exception {
    project.approver = _ -> new Approver.Answer.Later();
    var ready =
        project.ready(
            flow(
                "{\"id\":\"a\",\"task\":\"<<say"
                    + " plan>>\"},{\"id\":\"ok\",\"type\":\"approval\",\"task\":\"Ship"
                    + " {steps.a.output}?\",\"dependsOn\":[\"a\"]},{\"id\":\"z\",\"task\":\"go\",\"dependsOn\":[\"ok\"]}"),
            "{}");
    var place = project.runs().create(ready.flow(), project.clock);

    var waiting = project.engine().run(ready, place, new FlowStop());
    project.approver =
        _ -> new Approver.Answer.Given(new ApprovalAnswer.Edit("on Monday"), Optional.of("ann"));
    var ended = project.engine().resume(place, new FlowStop());

    assertThat(waiting.status()).isEqualTo(FlowOutcome.Status.PAUSED);
    assertThat(waiting.waiting())
        .containsExactly(
            new FlowOutcome.Waiting(
                List.of("ok"), Stage.Wait.Why.APPROVAL, "Ship plan?", Optional.empty()));
    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.COMPLETED);
    assertThat(ended.find("ok").orElseThrow().detail())
        .isEqualTo(
            new PhaseResult.Detail.Decided(
                "edit", Optional.of("on Monday"), false, Optional.of("ann"), Optional.empty()));
    assertThat(project.stub.takePrompts()).containsExactly("<<say plan>>", "go");
  }

  @Test
  void aQuestionOfAnAgentPausesTheRun() throws Exception {
    var asks = new ArrayList<Optional<PhaseCaller.Continued>>();
    project.player =
        (ask, watch) -> {
          asks.add(ask.continued());
          return ask.continued().isPresent()
              ? project.stub.play(ask, watch)
              : new PhaseCaller.Reply.Waits(
                  Stage.Wait.Why.QUESTION,
                  "which port?",
                  Optional.empty(),
                  Optional.of("s1"),
                  new Usage(1, 1, 0, 0.5, 1));
        };
    var ready = project.ready(flow("{\"id\":\"a\",\"task\":\"a\"}"), "{}");
    var place = project.runs().create(ready.flow(), project.clock);

    var ended = project.engine().run(ready, place, new FlowStop());
    var stillWaiting = project.engine().resume(place, new FlowStop());
    project.approver = new Answering();
    var done = project.engine().resume(place, new FlowStop());

    assertThat(stillWaiting.waiting()).isEqualTo(ended.waiting());
    assertThat(asks)
        .containsExactly(
            Optional.empty(),
            Optional.of(new PhaseCaller.Continued(Optional.of("s1"), "which port?", "8080")));
    assertThat(done.finalOutput()).isEqualTo("a");
    assertThat(done.spent().usd()).isEqualTo(0.501);
    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.PAUSED);
    assertThat(ended.waiting())
        .containsExactly(
            new FlowOutcome.Waiting(
                List.of("a"), Stage.Wait.Why.QUESTION, "which port?", Optional.empty()));
  }

  /// A person who knows the port.
  private static final class Answering implements Approver {
    @Override
    public Answer ask(Question question) {
      return new Answer.Nobody();
    }

    @Override
    public Optional<String> answer(List<String> path, String question) {
      return Optional.of("8080");
    }
  }

  @Test
  void aRecordedRunCanBeReplayedWithoutAnAgent() throws Exception {
    var flow =
        flow(
            "{\"id\":\"a\",\"task\":\"<<say A#a#>>\"},{\"id\":\"bad\",\"task\":\"<<fail"
                + " no>>\",\"optional\":true},{\"id\":\"g\",\"type\":\"gate\",\"task\":\"{steps.a.output}<<say"
                + " VERDICT:"
                + " BLOCK>>\",\"dependsOn\":[\"a\",\"bad\"]},{\"id\":\"z\",\"task\":\"z\",\"dependsOn\":[\"g\"]}");
    var ready = project.ready(flow, "{}");
    var place = project.runs().create(ready.flow(), project.clock);
    var first = project.engine().run(ready, place, new FlowStop());
    project.stub.takePrompts();

    var replayed = project.engine().replay(place);

    assertThat(replayed.status()).isEqualTo(FlowOutcome.Status.BLOCKED);
    assertThat(replayed.finalOutput()).isEqualTo(first.finalOutput());
    assertThat(replayed.usage()).isEqualTo(first.usage());
    assertThat(project.stub.takePrompts()).isEmpty();
  }

  @Test
  void unknownRunsAreNotFoundWhateverTheirName() {
    for (var id : List.of("nope", "../../etc/passwd", "", "a\0b")) {
      assertThatThrownBy(() -> project.runs().find(id))
          .isInstanceOf(FlowException.class)
          .hasMessageStartingWith("there is no run '");
    }
  }

  @Test
  void runsAreListedNewestFirstWithWhatTheyGave() throws Exception {
    var ids = new HashSet<String>();
    for (var i = 0; i < 3; i++) {
      var ready = project.ready(flow("{\"id\":\"a\",\"task\":\"a\"}"), "{\"n\":1}");
      var place = project.runs().create(ready.flow(), project.clock);
      project.engine().run(ready, place, new FlowStop());
      ids.add(place.runId());
    }

    var runs = project.runs().list(damaged -> assertThat(damaged).isEmpty());

    assertThat(runs)
        .hasSize(3)
        .extracting(FlowRuns.Recorded::finalOutput)
        .containsOnly(Optional.of("a"));
    assertThat(ids).hasSize(3);
    assertThat(runs.getFirst().args().findLong("n")).contains(1L);
  }
}
