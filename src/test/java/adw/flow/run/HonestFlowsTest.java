package adw.flow.run;

import static adw.flow.run.FlowProject.flow;
import static org.assertj.core.api.Assertions.assertThat;

import adw.flow.definition.FlowChecker;
import adw.flow.definition.FlowFinding;
import adw.flow.definition.FlowFolders;
import adw.flow.drawing.GraphDrawing;
import adw.os.process.ProgramEnclosure;
import adw.spend.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A flow says what it counted, what it did not find, why it ended, and what it cannot mean.
class HonestFlowsTest {
  private static final String GATED =
      """
      {"id":"work","task":"<<usage 10 5 0.5>><<say work #w#>>"},
      {"id":"review","type":"gate","onBlock":"retry","retry":{"max":2},"dependsOn":["work"],
       "task":"<<usage 10 5 0.25>><<seq v VERDICT: BLOCK|VERDICT: PASS>>"}\
      """;

  @TempDir Path folder;
  FlowProject project = new FlowProject(Path.of("."));

  @BeforeEach
  void open() {
    project = new FlowProject(folder);
  }

  private List<String> errors(String flow) throws IOException {
    return new FlowChecker(project.flows(), Set.of())
        .check(FlowFolders.parse(flow)).stream()
            .filter(FlowFinding::isError)
            .map(FlowFinding::message)
            .toList();
  }

  @Test
  void anAgentForWhichThereIsNoProcessLeftForAMomentIsAskedAgain() throws IOException {
    var lacks = new AtomicInteger(3);
    project.player =
        (ask, watch) -> {
          lack(lacks);
          return project.stub.play(ask, watch);
        };

    var ended = project.run(flow("{\"id\":\"a\",\"task\":\"<<say done>>\"}"));

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.COMPLETED);
    assertThat(project.stub.takePrompts()).hasSize(1);
  }

  /// A virtual thread is woken by another one, which the JVM starts when it is needed.
  @Test
  void whoeverDoesAPhaseSleepsAndWakesWithoutAnotherThread() throws IOException {
    var threads = new ArrayList<Thread>();
    project.player =
        (ask, watch) -> {
          threads.add(Thread.currentThread());
          return project.stub.play(ask, watch);
        };

    project.run(flow("{\"id\":\"a\",\"task\":\"<<say done>>\"}"));

    assertThat(threads).singleElement().matches(thread -> !thread.isVirtual());
  }

  @Test
  void aScriptForWhichThereIsNoProcessLeftForAMomentIsStartedAgain() throws IOException {
    var lacks = new AtomicInteger(3);
    project.enclosure =
        new ProgramEnclosure() {
          @Override
          public List<String> wrap(
              List<String> argv, Path directory, Map<String, String> environment)
              throws IOException {
            lack(lacks);
            return argv;
          }

          @Override
          public void settle(Path directory, Map<String, String> environment) {
            // Nothing was kept in.
          }
        };

    var ended = project.run(flow("{\"id\":\"a\",\"type\":\"script\",\"script\":[\"true\"]}"));

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.COMPLETED);
  }

  private static void lack(AtomicInteger left) throws IOException {
    if (left.getAndDecrement() > 0) {
      throw new IOException("posix_spawn failed, error: 11 (Resource temporarily unavailable)");
    }
  }

  @Test
  void eachDoubleStarOfAGlobMayStandForNoFolder() throws IOException {
    for (var file :
        List.of("src/a/x/b.md", "src/x/b.md", "src/a/x/c/b.md", "src/x/c/b.md", "x/no.md")) {
      project.with(file, "of " + file);
    }

    project.run(flow("{\"id\":\"a\",\"task\":\"look\",\"context\":[\"src/**/x/**/*.md\"]}"));

    assertThat(project.stub.takePrompts())
        .singleElement()
        .asString()
        .contains("of src/a/x/b.md", "of src/x/b.md", "of src/a/x/c/b.md", "of src/x/c/b.md")
        .doesNotContain("no.md");
  }

  @Test
  void aFileThatAnyDoubleStarMatchesIsPartOfTheCacheKey() throws IOException {
    var flow =
        flow(
            """
            {"id":"a","task":"<<say A#a#>>",
             "cache":{"scope":"cross-run","fingerprint":["glob!:src/**/x/**/*.md"]}}\
            """);
    project.with("src/x/c/b.md", "1");

    assertThat(project.run(flow).finalOutput()).isEqualTo("A1");
    project.with("src/x/c/b.md", "2");
    assertThat(project.run(flow).finalOutput()).isEqualTo("A2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"context\":[\"src/**/*.none\"]",
        "\"cache\":{\"scope\":\"cross-run\",\"fingerprint\":[\"glob:src/**/*.none\"]}"
      })
  void aGlobThatMatchesNothingIsNoted(String key) throws IOException {
    var ended = project.run(flow("{\"id\":\"a\",\"task\":\"look\"," + key + "}"));

    assertThat(Objects.requireNonNull(ended.phases().get("a")).remarks().notes())
        .singleElement()
        .asString()
        .endsWith("'src/**/*.none' matches no file");
  }

  @Test
  void whatAGateSentBackCountsInWhatPeopleAreTold() throws IOException {
    var told = new ArrayList<Usage>();
    project.progress =
        FlowListener.of(event -> {
          if (event instanceof FlowListener.Event.Settled settled) {
            told.add(settled.spent());
          }
        });
    var ready = project.ready(flow(GATED), "{}");
    var place = project.runs().create(ready.flow(), project.clock);

    var ended = project.engine().run(ready, place, new FlowStop());

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.COMPLETED);
    assertThat(ended.spent().usd()).isEqualTo(1.5);
    assertThat(told.getLast().usd()).isEqualTo(1.5);
    var recorded = FlowRuns.read(place);
    assertThat(recorded.usage().usd()).isEqualTo(1.5);
    assertThat(GraphDrawing.of(recorded.graph(Instant.now()).orElseThrow()).getFirst())
        .contains("$1.50");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VERDICT: BLOCK - two tests fail | review: blocked: two tests fail",
        "**Two** tests fail.\\n\\n**VERDICT: BLOCK** | review: blocked: Two tests fail.",
        "- two tests fail\\nVERDICT: BLOCK. | review: blocked: two tests fail",
        "VERDICT: BLOCK | review: blocked",
        "{\"verdict\": \"block\", \"reason\": \"two tests fail\"} | review: blocked: two tests fail"
      })
  void theReasonOfABlockIsTheReasonOfTheEnd(String answer, String why) throws IOException {
    project.player =
        (_, _) ->
            new PhaseCaller.Reply.Said(answer.replace("\\n", "\n"), Usage.NONE, Optional.empty());

    var ended = project.run(flow("{\"id\":\"review\",\"type\":\"gate\",\"task\":\"look\"}"));

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.BLOCKED);
    assertThat(ended.why()).contains(why);
  }

  @Test
  void aRetryTellsTheAgentWhatDidNotFit() throws IOException {
    var ended =
        project.run(
            flow(
                """
                {"id":"a","task":"rate it <<seq r {\\"level\\":\\"urgent\\"}|{\\"level\\":\\"high\\"}>>","expect":
                  {"type":"object","properties":{"level":{"enum":["high","low"]}}}}\
                """));

    assertThat(ended.finalOutput()).isEqualTo("{\"level\":\"high\"}");
    var prompts = project.stub.takePrompts();
    assertThat(prompts).hasSize(2);
    assertThat(prompts.getFirst()).doesNotContain("refused");
    assertThat(prompts.getLast())
        .startsWith("rate it")
        .contains("was refused", "level", "high, low", "urgent", "Answer again");
  }

  @Test
  void aRetryThatTheBudgetForbidsEndsBlockedWithTheBudgetAsReason() throws IOException {
    var ended =
        project.run(
            """
            {"name":"f","budget":{"maxUSD":0.1},"phases":[
              {"id":"a","task":"<<usage 10 5 0.5>><<fail no luck>>","retry":{"max":3}}]}
            """);

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.BLOCKED);
    assertThat(ended.why()).contains("budget exceeded: cost $0.500 exceeded cap $0.1");
    assertThat(project.stub.takePrompts()).hasSize(1);
  }

  @Test
  void aGateThatTheBudgetKeepsFromSendingBackEndsWithTheBudgetAsReason() throws IOException {
    var ended =
        project.run("{\"name\":\"f\",\"budget\":{\"maxUSD\":0.6},\"phases\":[" + GATED + "]}");

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.BLOCKED);
    assertThat(ended.why()).contains("budget exceeded: cost $0.750 exceeded cap $0.6");
  }

  @Test
  void aFailureWithoutARetryIsAFailureAlsoBeyondTheBudget() throws IOException {
    var ended =
        project.run(
            """
            {"name":"f","budget":{"maxUSD":0.1},"phases":[
              {"id":"a","task":"<<usage 10 5 0.5>><<fail no luck>>"}]}
            """);

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.FAILED);
    assertThat(ended.why().orElseThrow()).startsWith("a: ");
  }

  @Test
  void aConditionThatCannotBeReadIsAMistakeWhereMoneyWouldBeSpent() throws IOException {
    assertThat(errors(flow("{\"id\":\"a\",\"task\":\"x\",\"when\":\"{args.x} == \"}")))
        .containsExactly(
            "phase 'a': 'when' cannot be read (unexpected end), so it holds, correct \"{args.x} =="
                + " \"");
    assertThat(
            errors(
                flow(
                    """
                    {"id":"s","type":"script","script":["true"],"when":"(("},
                    {"id":"a","task":"x","dependsOn":["s"]}\
                    """)))
        .singleElement()
        .asString()
        .startsWith("phase 's': 'when' cannot be read");
    assertThat(
            errors(
                flow("{\"id\":\"s\",\"type\":\"script\",\"script\":[\"true\"],\"when\":\"((\"}")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"when\":\"steps.a.output == 'yes'\"",
        "\"when\":\"!steps.a.json.ok\"",
        "\"when\":\"{steps.a.output} == 'x' && args.deep == true\""
      })
  void aConditionWithAReferenceWithoutBracesIsAMistake(String when) throws IOException {
    assertThat(
            errors(
                flow(
                    "{\"id\":\"a\",\"task\":\"x\"},{\"id\":\"b\",\"task\":\"y\",\"dependsOn\":[\"a\"],"
                        + when
                        + "}")))
        .singleElement()
        .asString()
        .contains("'when' has the text ", "where a value seems to be meant, write {");
  }

  @Test
  void aPromptWithAReferenceWithoutBracesIsAMistakeWhereThePhaseExists() throws IOException {
    assertThat(
            errors(
                flow(
                    """
                    {"id":"a","task":"x"},
                    {"id":"b","task":"Sum up steps.a.output, see docs/steps.a.output, steps.z.output and {steps.a.output}","dependsOn":["a"]},
                    {"id":"c","type":"map","over":"steps.a.json","task":"y {item}","dependsOn":["a"]}\
                    """)))
        .containsExactly(
            "phase 'b': 'task' has the text steps.a.output where the result of a phase seems to be"
                + " meant, write {steps.a.output}",
            "phase 'c': 'over' is the text steps.a.json where the result of a phase seems to be"
                + " meant, write {steps.a.json}");
  }

  @Test
  void aWordThatIsNoneOfThoseDeclaredIsAMistake() throws IOException {
    project.with(
        "adws/sub.json",
        """
        {"name":"sub","args":{"mode":{"type":"enum","values":["fast","deep"]}},
         "phases":[{"id":"x","task":"{args.mode}"}]}
        """);

    assertThat(
            errors(
                """
                {"name":"f","args":{"mode":{"type":"enum","values":["fast","deep"]}},"phases":[
                  {"id":"a","task":"x","thinking":"hihg","expect":
                    {"type":"object","properties":{"kind":{"enum":["bug","wish"]}}}},
                  {"id":"b","task":"y","dependsOn":["a"],"when":"{args.mode} != 'fsat'"},
                  {"id":"c","task":"y","dependsOn":["a"],"when":"{steps.a.json.kind} == bgu"},
                  {"id":"d","type":"flow","use":"sub","with":{"mode":"depe"}},
                  {"id":"e","task":"y","dependsOn":["a"],"when":"{args.mode} == 'deep' || {steps.a.json.kind} == 'bug'"}]}
                """))
        .containsExactlyInAnyOrder(
            "phase 'a': 'thinking' is 'hihg', it must be one of off, minimal, low, medium, high,"
                + " xhigh, max",
            "phase 'b': 'when' compares {args.mode} with 'fsat', which it never is, it is one of"
                + " fast, deep",
            "phase 'c': 'when' compares {steps.a.json.kind} with 'bgu', which it never is, it is"
                + " one of bug, wish",
            "phase 'd': the flow 'sub' cannot be called so: the argument 'mode' is \"depe\", it"
                + " must be one of fast, deep");
  }

  @Test
  void aPhaseOfAnAgentThatCannotBeKeptToItsToolsSaysSoOnce() throws IOException {
    project.player =
        (ask, watch) -> {
          watch.warns("no limits for " + ask.wishes().tools().orElseThrow());
          return new PhaseCaller.Reply.Said("done", Usage.NONE, Optional.empty());
        };

    var ended =
        project.run(
            flow(
                "{\"id\":\"a\",\"type\":\"map\",\"over\":[1,2],\"task\":\"x\",\"tools\":[\"read\"]}"));

    assertThat(Objects.requireNonNull(ended.phases().get("a")).remarks().warnings())
        .containsExactly("no limits for [read]");
  }
}
