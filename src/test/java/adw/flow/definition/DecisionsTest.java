package adw.flow.definition;

import static adw.flow.run.FlowProject.flow;
import static org.assertj.core.api.Assertions.assertThat;

import adw.flow.definition.PhaseResult.Detail;
import adw.flow.run.Approver;
import adw.flow.run.FlowListener;
import adw.flow.run.FlowOutcome;
import adw.flow.run.FlowProject;
import adw.flow.run.FlowStop;
import adw.json.Json;
import adw.run.ApprovalAnswer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What comes of the cases in which we decided otherwise than others did.
class DecisionsTest {
  @TempDir Path folder;
  FlowProject project = new FlowProject(Path.of("."));

  @BeforeEach
  void open() {
    project = new FlowProject(folder);
  }

  private FlowOutcome resumed(String flow) throws Exception {
    var ready = project.ready(flow, "{}");
    var place = project.runs().create(ready.flow(), project.clock);
    project.engine().run(ready, place, new FlowStop());
    project.stub.takePrompts();
    return project.engine().resume(place, new FlowStop());
  }

  @Test
  void anAbortLeavesTheRunPausedAlsoInTheLastLayer() throws Exception {
    var stop = new FlowStop();
    project.progress =
        FlowListener.of(event -> {
          if (event instanceof FlowListener.Event.Started) {
            Thread.ofVirtual().start(stop::request);
          }
        });
    var ready = project.ready(flow("{\"id\":\"a\",\"task\":\"<<hang>>\"}"), "{}");

    var ended = project.engine().run(ready, stop);

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.PAUSED);
    assertThat(ended.finalOutput()).isEqualTo("Subagent was aborted");
  }

  @Test
  void aModelRoleThatNobodyMappedPassesNoModel() throws Exception {
    var ended = project.run(flow("{\"id\":\"a\",\"task\":\"<<args>>\",\"agent\":\"scout\"}"));

    assertThat(ended.finalOutput())
        .contains("\"agent\":\"scout\",\"model\":null,\"thinking\":\"off\"");
  }

  @Test
  void theBudgetIsLookedAtBetweenTheRoundsOfALoop() throws Exception {
    var ended =
        project.run(
            """
            {"name":"f","budget":{"maxTokens":20},"phases":[
              {"id":"l","type":"loop","task":"<<say o#k#>>","until":"false","maxIterations":5},
              {"id":"z","task":"z","dependsOn":["l"]}]}\
            """);

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.BLOCKED);
    assertThat(ended.find("l").orElseThrow().detail()).isEqualTo(new Detail.Looped(2, "budget"));
    assertThat(ended.finalOutput())
        .isEqualTo("Budget exceeded — run halted.\nReason: tokens 30 exceeded cap 20\n\no2");
  }

  @Test
  void aBudgetCrossedByTheLastPhaseLeavesNothingUndone() throws Exception {
    var ended =
        project.run(
            "{\"name\":\"f\",\"budget\":{\"maxTokens\":14},\"phases\":[{\"id\":\"a\",\"task\":\"do"
                + " a\"}]}");

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.COMPLETED);
    assertThat(ended.finalOutput()).isEqualTo("do a");
  }

  @Test
  void aSubFlowSpendsFromTheBudgetAboveIt() throws Exception {
    project.with(
        "adws/sub.json",
        "{\"name\":\"sub\",\"phases\":[{\"id\":\"x\",\"task\":\"x\"},{\"id\":\"y\",\"task\":\"y\",\"dependsOn\":[\"x\"]},{\"id\":\"w\",\"task\":\"w\",\"dependsOn\":[\"y\"]}]}");

    var ended =
        project.run(
            """
            {"name":"f","budget":{"maxTokens":40},"phases":[
              {"id":"a","task":"a"},{"id":"s","type":"flow","use":"sub","dependsOn":["a"]}]}\
            """);

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.BLOCKED);
    assertThat(ended.find("s").orElseThrow().error()).contains("sub-flow 'sub' blocked");
    assertThat(project.stub.takePrompts()).containsExactly("a", "x", "y");
  }

  @Test
  void generatedFlowsOfEqualNamesAreNoRecursion() throws Exception {
    var named =
        project.run(
            flow(
                "{\"id\":\"n\",\"type\":\"flow\",\"def\":{\"name\":\"same\",\"phases\":[{\"id\":\"n\",\"type\":\"flow\",\"def\":{\"name\":\"same\",\"phases\":[{\"id\":\"x\",\"task\":\"deep\"}]}}]}}"));
    var unnamed =
        project.run(
            flow(
                "{\"id\":\"n\",\"type\":\"flow\",\"def\":[{\"id\":\"n\",\"type\":\"flow\",\"def\":[{\"id\":\"x\",\"task\":\"hi\"}]}]}"));

    assertThat(named.finalOutput()).isEqualTo("deep");
    assertThat(unnamed.finalOutput()).isEqualTo("hi");
  }

  @Test
  void aSavedFlowThatIsInvalidOrMissingIsRefusedBeforeAnythingRuns() throws Exception {
    project.with(
        "adws/inv.json",
        "{\"name\":\"inv\",\"phases\":[{\"id\":\"a\",\"task\":\"a\",\"dependsOn\":[\"nobody\"]}]}");

    assertThat(project.refusals(flow("{\"id\":\"s\",\"type\":\"flow\",\"use\":\"inv\"}")))
        .containsExactly(
            "line 1: phase 's': the saved flow 'inv' is invalid: phase 'a': 'dependsOn' names"
                + " 'nobody', which is no phase, correct it first");
    assertThat(project.refusals(flow("{\"id\":\"s\",\"type\":\"flow\",\"use\":\"inw\"}")))
        .containsExactly("line 1: phase 's': there is no saved flow 'inw', did you mean 'inv'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"continue\": false, \"reason\": \" missing auth \"} | block",
        "{\"continue\": true} | pass",
        "{\"continue\": \"false\"} | unreadable",
        "{\"pass\": false} | block",
        "{\"verdict\":\"Rejected\"} | block",
        "{\"verdict\":\"no\"} | pass",
        "{\"verdict\":\"unblocked\"} | pass",
        "{\"verdict\":\"pass\"} VERDICT: BLOCK | pass",
        "[\"VERDICT: BLOCK\"] | block",
        "{\"continue\":true,\"verdict\":\"block\"} | pass",
        "**VERDICT:** BLOCK | block",
        "VERDICT: **BLOCK** | block",
        "verdict = block | block",
        "VERDICT: BLOCKED | block",
        "VERDICT: PASSED | pass",
        "VERDICT: OK | pass",
        "VERDICT:HALT | block",
        "Verdict : Stop | block",
        "VERDICT=FAIL | block",
        "VERDICT: REJECT | block",
        "VERDICT: NO | unreadable",
        "I would block this | unreadable",
        "VERDICT - BLOCK | unreadable",
        "{not json} VERDICT: BLOCK | block",
        "OVERDICT: BLOCK | unreadable",
        "VERDICT: unblocked | unreadable",
        "> VERDICT: BLOCK | unreadable",
        "`VERDICT: BLOCK` | block",
      })
  void aVerdictIsReadWholeAndThroughMarkdown(String answer, String verdict) {
    var read =
        switch (GateVerdict.read(answer)) {
          case GateVerdict.Pass _ -> "pass";
          case GateVerdict.Block _ -> "block";
          case GateVerdict.Unreadable _ -> "unreadable";
        };

    assertThat(read).isEqualTo(verdict);
  }

  @Test
  void namesThatOnlyJavaScriptKnowsStayAsWritten() throws Exception {
    var ended =
        project.run(flow("{\"id\":\"a\",\"task\":\"A={args.constructor} B={args.__proto__}\"}"));

    assertThat(ended.find("a").orElseThrow().output())
        .contains("A={args.constructor} B={args.__proto__}");
  }

  @Test
  void joinAnyFiresWhenTheFirstDependencyIsDone() throws Exception {
    var ended =
        project.run(
            flow(
                """
                {"id":"fast","task":"<<say F>>"},{"id":"slow","task":"<<sleep 300>><<say S>>"},
                {"id":"m","task":"m {steps.fast.output} {steps.slow.output}","join":"any","dependsOn":["fast","slow"]}\
                """));

    assertThat(ended.find("m").orElseThrow().output()).contains("m F {steps.slow.output}");
    assertThat(ended.find("m").orElseThrow().remarks().notes())
        .containsExactly("{steps.slow.output} stays as written");
  }

  @Test
  void theFirstRoundOfALoopCannotConverge() throws Exception {
    var ended =
        project.run(
            flow("{\"id\":\"l\",\"task\":\"<<say >>\",\"type\":\"loop\",\"until\":\"false\"}"));

    assertThat(ended.find("l").orElseThrow().detail()).isEqualTo(new Detail.Looped(2, "converged"));
  }

  @Test
  void wrongTypesAndValuesAreRefused() throws Exception {
    assertThat(
            project.refusals(
                flow(
                    "{\"id\":\"m\",\"task\":\"i{item}\",\"type\":\"map\",\"over\":\"[1]\",\"concurrency\":\"lots\"}")))
        .containsExactly("line 1: phase 'm': 'concurrency' must be a number, not a text");
    assertThat(
            project.refusals(
                flow(
                    "{\"id\":\"m\",\"task\":\"i{item}\",\"type\":\"map\",\"over\":\"[1]\",\"concurrency\":0}")))
        .containsExactly("line 1: phase 'm': 'concurrency' is 0, it must be 1 to 10000");
    assertThat(
            project.refusals(
                flow(
                    "{\"id\":\"a\",\"task\":\"a\"},{\"id\":\"b\",\"task\":\"b\",\"dependsOn\":\"a\"}")))
        .containsExactly("line 1: phase 'b': 'dependsOn' must be a list of texts, not a text");
  }

  @Test
  void aListCanBeWrittenIntoAMap() throws Exception {
    var ended =
        project.run(flow("{\"id\":\"m\",\"task\":\"i{item}\",\"type\":\"map\",\"over\":[1,2]}"));

    assertThat(ended.finalOutput())
        .isEqualTo("### [1/2] analyst\n\ni1\n\n---\n\n### [2/2] analyst\n\ni2");
  }

  @Test
  void argumentsMayBeTypedAsText() {
    var flow =
        FlowFolders.parse(flow("{\"id\":\"a\",\"task\":\"v={args.k}\"}")).flow().orElseThrow();

    assertThat(FlowArguments.parse("{\"k\":\"v\"}", flow).findText("k")).contains("v");
    assertThat(FlowArguments.parse("k=v w=\"x y\"", flow))
        .isEqualTo(Json.parseObject("{\"k\":\"v\",\"w\":\"x y\"}"));
  }

  @Test
  void aRejectedApprovalIsAskedAgainOnResume() throws Exception {
    var asked = new java.util.concurrent.atomic.AtomicInteger();
    project.approver =
        _ ->
            asked.incrementAndGet() == 1
                ? new Approver.Answer.Nobody()
                : new Approver.Answer.Given(ApprovalAnswer.yes(""), Optional.of("ann"));

    var ended =
        resumed(
            flow(
                "{\"id\":\"ok\",\"task\":\"sure?\",\"type\":\"approval\"},{\"id\":\"z\",\"task\":\"do"
                    + " z\",\"dependsOn\":[\"ok\"]}"));

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.COMPLETED);
    assertThat(ended.finalOutput()).isEqualTo("do z");
  }

  @Test
  void aBlockedGateIsAskedAgainOnResume() throws Exception {
    var ended =
        resumed(
            flow(
                "{\"id\":\"g\",\"task\":\"<<seq g VERDICT: BLOCK|VERDICT:"
                    + " PASS>>\",\"type\":\"gate\"},{\"id\":\"z\",\"task\":\"do"
                    + " z\",\"dependsOn\":[\"g\"]}"));

    assertThat(ended.finalOutput()).isEqualTo("do z");
  }

  @Test
  void aRunThatItsBudgetStoppedKeepsWhatWasDone() throws Exception {
    var ended =
        resumed(
            """
            {"name":"f","budget":{"maxTokens":20},"phases":[{"id":"a","task":"do a"},
              {"id":"b","task":"do b","dependsOn":["a"]},{"id":"c","task":"do c","dependsOn":["b"]}]}\
            """);

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.BLOCKED);
    assertThat(ended.find("b").orElseThrow().isDone()).isTrue();
    assertThat(ended.find("c").orElseThrow().error())
        .contains("Budget exceeded: tokens 30 exceeded cap 20");
    assertThat(project.stub.takePrompts()).isEmpty();
  }

  @Test
  void loopsAndTournamentsThatEndedAreKeptOnResume() throws Exception {
    var ended =
        resumed(
            flow(
                """
                {"id":"l","task":"<<say L#l#>>","type":"loop","until":"{loop.iteration} == 2"},
                {"id":"t","task":"<<say T#t#>>","type":"tournament","variants":2,"judge":"<<say WINNER: 1>>","concurrency":1},
                {"id":"o","task":"<<say O#o#>>","cache":{"scope":"off"}}\
                """));

    assertThat(project.stub.takePrompts()).containsExactly("<<say O#o#>>");
    assertThat(ended.find("l").orElseThrow().output()).contains("L2");
    assertThat(ended.find("t").orElseThrow().output()).contains("T1");
  }

  @Test
  void anExplicitNumberOfRetriesIsTheWholeAllowance() throws Exception {
    var ended =
        project.run(
            flow(
                "{\"id\":\"a\",\"task\":\"<<failn 3 k 503 upstream>><<say"
                    + " good>>\",\"retry\":{\"max\":1}}"));

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.FAILED);
    assertThat(ended.find("a").orElseThrow().remarks().attempts()).hasValue(2);
  }

  @Test
  void referencesAreCheckedEverywhereAndForJoinAnyToo() throws Exception {
    assertThat(
            project.refusals(
                flow(
                    "{\"id\":\"a\",\"task\":\"a\"},{\"id\":\"b\",\"task\":\"b\"},{\"id\":\"c\",\"task\":\"{steps.b.output}\",\"dependsOn\":[\"a\"],\"join\":\"any\"}")))
        .containsExactly(
            "line 1: phase 'c': 'task' refers to {steps.b}, but does not wait for 'b', add"
                + " \"dependsOn\": [\"b\"]");
    assertThat(project.refusals(flow("{\"id\":\"alpha\",\"task\":\"use {steps.alpah.output}\"}")))
        .containsExactly(
            "line 1: phase 'alpha': 'task' refers to {steps.alpah}, but there is no phase 'alpah',"
                + " did you mean 'alpha'?");
    for (var phase :
        java.util.List.of(
            "\"type\":\"loop\",\"task\":\"x\",\"until\":\"{steps.a.output} == 1\"",
            "\"type\":\"tournament\",\"task\":\"x\",\"judge\":\"{steps.a.output}\"",
            "\"type\":\"gate\",\"task\":\"x\",\"eval\":[\"{steps.a.output} contains x\"]",
            "\"type\":\"flow\",\"def\":\"{steps.a.json}\"",
            "\"task\":\"x\",\"cwd\":\"{steps.a.output}\"")) {
      assertThat(
              project.refusals(flow("{\"id\":\"a\",\"task\":\"a\"},{\"id\":\"p\"," + phase + "}")))
          .hasSize(1);
    }
  }

  @Test
  void aRequiredArgumentIsRequired() throws Exception {
    assertThat(
            project.refusals(
                "{\"name\":\"f\",\"args\":{\"who\":{\"required\":true}},\"phases\":[{\"id\":\"a\",\"task\":\"Hello"
                    + " {args.who}\"}]}"))
        .containsExactly("the argument 'who' is missing, give who=…");
  }

  @Test
  void unknownKeysAreRefusedWithTheNearestKnownOne() throws Exception {
    assertThat(
            project.refusals(
                """
                {
                  "name": "f", "wat": 1,
                  "phases": [
                    { "id": "a", "task": "a",
                      "dependOn": [] }
                  ]
                }\
                """))
        .containsExactly(
            "line 2: unknown key 'wat' in the flow",
            "line 5: phase 'a': unknown key 'dependOn' in a phase, did you mean 'dependsOn'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "!{args.n} == 5 | false",
        "!{args.n} == false | true",
        "!({args.n} == 5) | false",
        "'0x10' == 16 | false",
        "{args.list} == '1,2' | true",
        "1 < 2 < 3 | true",
      })
  void exclamationMarksBindTighterThanComparisons(String condition, boolean holds) {
    var scope =
        new TemplateScope(
            Json.parseObject("{\"n\":5,\"list\":[1,2]}"),
            _ -> Optional.empty(),
            Optional.empty(),
            Map.of());

    assertThat(Condition.of(condition).holds(scope)).isEqualTo(holds);
  }

  @Test
  void aConditionThatCannotBeReadHoldsWithAWarningAndIsAnErrorInStrictFlows() throws Exception {
    var phase = "{\"id\":\"a\",\"task\":\"a\",\"when\":\"a = b\"}";

    assertThat(project.run(flow(phase)).find("a").orElseThrow().remarks().warnings())
        .containsExactly("'when' could not be read and counts as true: unexpected '='");
    assertThat(project.refusals("{\"name\":\"f\",\"strict\":true,\"phases\":[" + phase + "]}"))
        .containsExactly(
            "line 1: phase 'a': 'when' cannot be read (unexpected '='), so it holds, correct \"a ="
                + " b\"");
  }

  @Test
  void aGateWithoutAVerdictPassesWithAWarningAndBlocksInStrictFlows() throws Exception {
    var phase = "{\"id\":\"g\",\"type\":\"gate\",\"task\":\"looks fine to me\"}";

    assertThat(project.run(flow(phase)).find("g").orElseThrow().remarks().warnings()).hasSize(1);
    assertThat(
            project
                .run("{\"name\":\"f\",\"strict\":true,\"phases\":[" + phase + "]}")
                .finalOutput())
        .isEqualTo("Gate blocked the workflow.\nReason: no readable verdict\n\nlooks fine to me");
  }
}
