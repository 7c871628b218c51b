package adw.flow.definition;

import static adw.flow.run.FlowProject.flow;
import static org.assertj.core.api.Assertions.assertThat;

import adw.flow.run.FlowEngine;
import adw.flow.run.FlowOutcome;
import adw.flow.run.FlowProject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowCheckerTest {
  @TempDir Path folder;
  FlowProject project = new FlowProject(Path.of("."));

  @BeforeEach
  void open() {
    project = new FlowProject(folder);
  }

  private List<FlowFinding> findings(String flow) throws IOException {
    return new FlowChecker(
            project.flows(), RoleFolders.BUILT_IN.stream().collect(Collectors.toSet()))
        .check(FlowFolders.parse(flow));
  }

  private List<String> errors(String flow) throws IOException {
    return findings(flow).stream().filter(FlowFinding::isError).map(FlowFinding::text).toList();
  }

  private List<String> warnings(String flow) throws IOException {
    return findings(flow).stream()
        .filter(f -> !f.isError())
        .map(f -> f.rule().word() + " " + f.message())
        .toList();
  }

  @Test
  void everythingWrongIsToldAtOnceWithFileAndLine() throws IOException {
    project.with(
        "adws/bad.json",
        """
        // comments and trailing commas may stand here
        {
          "name": "bad",
          "budget": { "maxUSD": "a lot" },
          "phases": [
            { "id": "a", "tsk": "x" },
            { "id": "a", "type": "gatte", "task": "x" },
            { "id": "b", "type": "loop", "task": "x", "maxIterations": 1000 },
            { "id": "c_d", "agent": "Big Agent", "task": "x", "retry": {} },
            { "id": "e", "task": "x", "cache": { "scope": "cross-run", "ttl": "6 weeks", "fingerprint": ["md5:x"] } },
            { "id": "g", "type": "gate", "task": "x", "cache": { "scope": "cross-run" } },
            5,
          ],
        }
        """);

    var file = folder.resolve("adws/bad.json");
    var texts =
        new FlowChecker(project.flows(), java.util.Set.of())
            .check(project.flows().find("bad").orElseThrow()).stream()
                .map(f -> f.text().replace(file + ":", ""))
                .toList();

    assertThat(texts)
        .containsExactly(
            "4: 'maxUSD' must be a number, not a text",
            "6: phase 'a': unknown key 'tsk' in a phase, did you mean 'task'?",
            "6: phase 'a': a phase of type agent needs 'task', add it",
            "7: phase 'a': unknown type 'gatte', did you mean 'gate'?",
            "8: phase 'b': a phase of type loop needs 'until', add it",
            "8: phase 'b': 'maxIterations' is 1000, it must be 1 to 100",
            "9: phase 'c_d': the id has an underscore, use hyphens: 'c-d'",
            "9: phase 'c_d': 'Big Agent' is no name of a role, use lower-case letters, digits and"
                + " hyphens",
            "9: phase 'c_d': 'retry' has no 'max', add \"max\": 2",
            "10: phase 'e': 'md5:x' is no fingerprint, write git:REF, glob:PATTERN, glob!:PATTERN,"
                + " file:PATH or env:NAME",
            "10: phase 'e': 'ttl' is '6 weeks', write for example 30s, 10m, 6h or 7d",
            "11: phase 'g': a gate must give a fresh result each run, use \"run-only\"",
            "12: a phase must be an object, not a number");
  }

  @Test
  void referencesToNothingAreToldTogetherWithMistakesOfShape() throws IOException {
    var text =
        flow(
            """
            {"id":"plan","type":"agnt","task":"x"},
            {"id":"a","tsk":"x","task":"{steps.plan.output} {steps.plam.output}","dependsOn":["plan"]},
            {"id":"b","task":"{steps.a.output}","dependsOn":["nobody"]},
            {"id":"c","type":"flow","use":"absent"}\
            """);

    assertThat(errors(text))
        .containsExactly(
            "line 1: phase 'plan': unknown type 'agnt', did you mean 'agent'?",
            "line 2: phase 'a': unknown key 'tsk' in a phase, did you mean 'task'?",
            "line 2: phase 'a': 'task' refers to {steps.plam}, but there is no phase 'plam'",
            "line 3: phase 'b': 'dependsOn' names 'nobody', which is no phase",
            "line 4: phase 'c': there is no saved flow 'absent'");
  }

  @Test
  void aLiteralPlanThatLeavesTheWorkingDirectoryIsToldBeforeItRuns() throws IOException {
    var text =
        flow(
            """
            {"id":"a","type":"flow","def":[
              {"id":"w","task":"x","cwd":"../other"},
              {"id":"r","task":"x","context":["src/A.java","/etc/passwd"]},
              {"id":"t","taskFile":"prompts/../../secret.md"},
              {"id":"s","type":"script","script":["rm","-rf","x"]},
              {"id":"u","type":"script","script":["../bin/x"]},
              {"id":"fine","task":"x","cwd":"src/../docs","context":["{args.file}"]}]}\
            """);

    assertThat(errors(text))
        .allSatisfy(one -> assertThat(one).contains("phase 'a': its 'def' cannot be used: phase '"))
        .satisfiesExactlyInAnyOrder(
            w -> assertThat(w).contains("'w': 'cwd' names '../other', which lies outside"),
            r -> assertThat(r).contains("'r': 'context' names '/etc/passwd', which lies outside"),
            t -> assertThat(t).contains("'t'", "secret.md", "outside the working directory"),
            one -> assertThat(one).contains("'s': 'script' names 'rm', a generated flow may only"),
            u -> assertThat(u).contains("'u': 'script' names '../bin/x'"));
  }

  @Test
  void anArgumentThatNobodyDeclaresIsDoubted() throws IOException {
    var phase = "\"phases\":[{\"id\":\"a\",\"task\":\"{args.foldre} {args.folder} {args.task}\"}]}";

    assertThat(warnings("{\"name\":\"f\",\"args\":{\"folder\":{}}," + phase))
        .containsExactly(
            "undeclared-argument phase 'a': 'task' refers to {args.foldre}, which the flow does not"
                + " declare, did you mean 'folder'?");
    assertThat(warnings("{\"name\":\"f\"," + phase)).isEmpty();
  }

  @Test
  void textThatIsNoJsonIsToldWithItsLine() {
    var findings = FlowFolders.parse("{\n  \"name\": \"f\"\n  \"phases\": []\n}").findings();

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().text()).startsWith("line 3: no JSON: ");
  }

  @Test
  void cyclesNameTheWay() throws IOException {
    assertThat(
            errors(
                flow(
                    "{\"id\":\"a\",\"task\":\"x\",\"dependsOn\":[\"c\"]},{\"id\":\"b\",\"task\":\"x\",\"dependsOn\":[\"a\"]},{\"id\":\"c\",\"task\":\"x\",\"dependsOn\":[\"b\"]}")))
        .containsExactly(
            "line 1: phase 'a': the phases wait for each other: a → c → b → a, remove one of these"
                + " dependencies");
    assertThat(errors(flow("{\"id\":\"a\",\"task\":\"x\",\"dependsOn\":[\"a\"]}")))
        .containsExactly(
            "line 1: phase 'a': the phases wait for each other: a → a, remove one of these"
                + " dependencies");
  }

  @Test
  void impossibleBudgetsAreErrorsAndSmallOnesWarnings() throws IOException {
    var phases =
        IntStream.range(0, 5)
            .mapToObj(i -> "{\"id\":\"p" + i + "\",\"task\":\"x\"}")
            .collect(Collectors.joining(","));

    assertThat(errors("{\"name\":\"f\",\"budget\":{\"maxTokens\":3},\"phases\":[" + phases + "]}"))
        .containsExactly(
            "line 1: a budget of 3 tokens cannot pay for 5 calls, raise it or remove phases");
    assertThat(
            errors("{\"name\":\"f\",\"budget\":{\"maxUSD\":0.000001},\"phases\":[" + phases + "]}"))
        .containsExactly(
            "line 1: a budget of $0.000001 cannot pay for 5 calls, raise it or remove phases");
    assertThat(
            warnings("{\"name\":\"f\",\"budget\":{\"maxUSD\":0.004},\"phases\":[" + phases + "]}"))
        .contains(
            "budget-overflow a budget of $0.004 is little for 5 calls, raise it or remove phases");
  }

  @Test
  void flowsThatUseThemselvesAreErrors() throws IOException {
    project.with(
        "adws/aa.json",
        "{\"name\":\"aa\",\"phases\":[{\"id\":\"x\",\"type\":\"flow\",\"use\":\"bb\"}]}");
    project.with(
        "adws/bb.json",
        "{\"name\":\"bb\",\"phases\":[{\"id\":\"y\",\"type\":\"flow\",\"use\":\"aa\"}]}");

    assertThat(
            errors(
                "{\"name\":\"top\",\"phases\":[{\"id\":\"s\",\"type\":\"flow\",\"use\":\"aa\"}]}"))
        .containsExactly(
            "line 1: phase 's': the flow uses itself: top → aa → bb → aa, remove one of these"
                + " uses");
    assertThat(
            errors(
                "{\"name\":\"me\",\"phases\":[{\"id\":\"s\",\"type\":\"flow\",\"use\":\"me\"}]}"))
        .containsExactly(
            "line 1: phase 's': the flow uses itself: me → me, remove one of these uses");
  }

  @Test
  void whatASavedFlowIsGivenIsComparedWithWhatItDeclares() throws IOException {
    project.with(
        "adws/hello.json",
        "{\"name\":\"hello\",\"args\":{\"who\":{},\"how\":{\"required\":true}},\"phases\":["
            + "{\"id\":\"x\",\"task\":\"{args.who} {args.how}\"}]}");

    assertThat(
            warnings(
                flow(
                    "{\"id\":\"s\",\"type\":\"flow\",\"use\":\"hello\",\"with\":{\"wo\":\"you\"}}")))
        .containsExactly(
            "undeclared-argument phase 's': 'with' gives 'wo', which the flow 'hello' does not"
                + " declare, did you mean 'who'?",
            "missing-argument phase 's': the flow 'hello' requires 'how', give it in 'with'");
  }

  @Test
  void oneMistakeIsToldOnce() throws IOException {
    assertThat(errors(flow("{\"id\":\"s\",\"type\":\"flow\"}"))).hasSize(1);
    assertThat(errors(flow("{\"id\":\"s\",\"type\":\"script\",\"script\":\"ls\"}")))
        .containsExactly("line 1: phase 's': 'script' must be a list of texts, not a text");
    assertThat(warnings(flow("{\"id\":\"s\",\"task\":\"x\",\"script\":[\"ls\"]}")))
        .containsExactly(
            "no-effect phase 's': 'script' means nothing in a phase of type agent,"
                + " remove it, or say \"type\": \"script\"");
  }

  @Test
  void soundGraphsGetAdvice() throws IOException {
    assertThat(
            warnings(
                """
                {"name":"f","concurrency":2,"phases":[
                  {"id":"a","task":"do a"},
                  {"id":"b","task":"do b","type":"gate","dependsOn":["a"]},
                  {"id":"c","task":"do c","dependsOn":["b"],"final":true},
                  {"id":"d","task":"do d","dependsOn":["a"]},
                  {"id":"p","task":"z","dependsOn":["c"],"when":"{args.k} == 1"},
                  {"id":"q","task":"z","dependsOn":["c"],"when":"{args.k} != 1","over":"x"},
                  {"id":"w","type":"parallel","dependsOn":["c"],"branches":[{"task":"1"},{"task":"2"},{"task":"3","agent":"scoot"}]}]}\
                """))
        .containsExactlyInAnyOrder(
            "dead-end phase 'd': nobody uses its output, mark it final or let a later phase depend"
                + " on it",
            "dead-end phase 'p': nobody uses its output, mark it final or let a later phase depend"
                + " on it",
            "dead-end phase 'q': nobody uses its output, mark it final or let a later phase depend"
                + " on it",
            "dead-end phase 'w': nobody uses its output, mark it final or let a later phase depend"
                + " on it",
            "gate-exhaustion phase 'b': every way to the final phase 'c' passes here, a block"
                + " leaves no result; add another way unless that is meant",
            "guard-contradiction phase 'q': its condition is the opposite of that of 'p', one of"
                + " the two is always skipped, check that this is meant",
            "no-effect phase 'q': 'over' means nothing in a phase of type agent, remove it,"
                + " or say \"type\": \"map\"",
            "concurrency phase 'w': 3 branches, of which 2 run at once, set 'concurrency' if more"
                + " should",
            "unknown-role phase 'w': there is no role 'scoot', so the default one plays it, did you"
                + " mean 'scout'?");
  }

  @Test
  void anIslandOfPhasesIsAnErrorThatDoesNotStopTheRest() throws IOException {
    var found =
        findings(
            flow(
                "{\"id\":\"a\",\"task\":\"a\"},{\"id\":\"b\",\"task\":\"b\",\"dependsOn\":[\"a\"]},{\"id\":\"c\",\"task\":\"c\",\"dependsOn\":[\"b\"]},{\"id\":\"x\",\"task\":\"x\"},{\"id\":\"y\",\"task\":\"y\",\"dependsOn\":[\"x\"]}"));

    assertThat(found.stream().filter(FlowFinding::isError).map(f -> f.phase().orElse("")))
        .containsExactly("x", "y");
    assertThat(FlowFinding.anyStops(found)).isFalse();
  }

  @Test
  void expectationsUseOnlyKeywordsThatAreLookedAt() throws IOException {
    assertThat(
            errors(
                flow(
                    "{\"id\":\"a\",\"task\":\"x\",\"expect\":{\"type\":\"objekt\",\"properties\":{\"n\":{\"format\":\"date\",\"minimun\":1}}}}")))
        .containsExactly(
            "line 1: phase 'a': 'expect' does not know the type 'objekt', did you mean 'object'?",
            "line 1: phase 'a': 'expect' does not know the keyword 'format'",
            "line 1: phase 'a': 'expect' does not know the keyword 'minimun', did you mean"
                + " 'minimum'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"$ref":"#/$defs/x"} | refers to '#/$defs/x', which is not in it, write the schema under "$defs" and refer to it as "#/$defs/NAME"
          {"items":{"pattern":"("}} | has a pattern that is no regular expression: '(', Unclosed group
          {"anyOf":[3]} | has a number where a schema must stand
          {"properties":{"n":{"minimum":"3"}}} | is no JSON Schema: properties.n.minimum: Value is [string] but should be [number]
          {"$schema":"http://example.org/mine"} | is no JSON Schema: Cannot resolve meta-schema [http://example.org/mine]
          """)
  void anExpectationThatWouldBePassedOverIsAnError(String schema, String problem)
      throws IOException {
    assertThat(errors(flow("{\"id\":\"a\",\"task\":\"x\",\"expect\":" + schema + "}")))
        .containsExactly("line 1: phase 'a': 'expect' " + problem);
  }

  @Test
  void sizesAreLimited() throws IOException {
    var many =
        IntStream.rangeClosed(0, 10_000)
            .mapToObj(i -> "{\"id\":\"p" + i + "\",\"task\":\"x\"}")
            .collect(Collectors.joining(","));

    assertThat(errors(flow(many)))
        .containsExactly("line 1: 10001 phases, a flow may have at most 10000");
    assertThat(errors("{\"name\":\"f\",\"phases\":" + "[".repeat(5000) + "]".repeat(5000) + "}"))
        .hasSize(1);
  }

  @Test
  void aLiteralPlanIsCheckedBeforeAnythingIsSpent() throws IOException {
    var many =
        IntStream.rangeClosed(0, 100)
            .mapToObj(i ->
                "{\"id\":\"p"
                    + i
                    + "\",\"task\":\"x\",\"dependsOn\":["
                    + (i == 0 ? "" : "\"p0\"")
                    + "]}")
            .collect(Collectors.joining(","));
    var text =
        flow(
            """
            {"id":"a","type":"flow","def":{"phases":[{"id":"x","tusk":"1","task":"x"}]}},
            {"id":"b","type":"flow","def":[{"id":"p","task":"1","dependsOn":["q"]},{"id":"q","task":"{steps.z.output}"}]},
            {"id":"c","type":"flow","def":"{\\"phases\\":[{\\"id\\":\\"p\\"}]}"},
            {"id":"d","type":"flow","def":{"concurrency":17,"phases":[%s]}},
            {"id":"e","type":"flow","def":"no plan"},
            {"id":"f","type":"flow","def":"{args.plan}"}\
            """
                .formatted(many));

    assertThat(errors(text))
        .satisfiesExactly(
            a ->
                assertThat(a)
                    .contains("phase 'a': its 'def' cannot be used: ", "unknown key 'tusk'"),
            b -> assertThat(b).contains("phase 'b'", "there is no phase 'z'"),
            c -> assertThat(c).contains("phase 'c'", "needs 'task'"),
            d -> assertThat(d).contains("phase 'd'", "101 phases", "at most 100"),
            d -> assertThat(d).contains("phase 'd'", "'concurrency' is 17"),
            e -> assertThat(e).contains("phase 'e'", "it is no JSON"));
    assertThat(project.run(text, "{\"plan\":\"[]\"}").status())
        .isEqualTo(FlowOutcome.Status.COMPLETED);
  }

  @Test
  void argumentsMustFitTheirTypes() throws IOException {
    var flow =
        """
        {"name":"f","args":{
          "n":{"type":"number"},"b":{"type":"boolean","default":true},"e":{"type":"enum","values":["x","y"]},
          "p":{"type":"path"},"s":{"type":"string"}},
         "phases":[{"id":"a","task":"{args.n} {args.b} {args.e} {args.p} {args.s}"}]}\
        """;

    assertThat(project.run(flow, "{\"n\":\"5\",\"e\":\"y\",\"p\":\"a/b\",\"s\":7}").finalOutput())
        .isEqualTo("5 true y a/b 7");
    assertThat(
            ((FlowEngine.Prepared.Refused)
                    project.prepare(
                        flow,
                        "{\"n\":\"five\",\"b\":\"maybe\",\"e\":\"z\",\"p\":\"../x\",\"s\":{}}"))
                .findings().stream().filter(FlowFinding::stops).map(FlowFinding::text))
        .containsExactly(
            "the argument 'n' is \"five\", it must be a number",
            "the argument 'b' is \"maybe\", it must be a boolean",
            "the argument 'e' is \"z\", it must be one of x, y",
            "the argument 'p' is \"../x\", it must be a relative path without '..'",
            "the argument 's' is {}, it must be a string");
  }

  @Test
  void aPromptCanStandInAFileBesideTheFlow() throws IOException {
    project.with(
        "adws/p.json",
        "{\"name\":\"p\",\"phases\":[{\"id\":\"a\",\"taskFile\":\"prompts/a.md\"},{\"id\":\"b\",\"taskFile\":\"prompts/none.md\"}]}");
    project.with("adws/prompts/a.md", "Look at {steps.zz.output}");

    var checked = project.flows().find("p").orElseThrow();

    assertThat(
            new FlowChecker(project.flows(), java.util.Set.of())
                .check(checked).stream().filter(FlowFinding::isError).map(FlowFinding::message))
        .containsExactly(
            "phase 'b': 'prompts/none.md': there is no such file in "
                + folder.resolve("adws/prompts").getParent()
                + ", name a file beside the flow",
            "phase 'a': 'task' refers to {steps.zz}, but there is no phase 'zz'");
  }

  @Test
  void theSchemaKnowsEveryKeyOfTheLanguage() {
    var schema = FlowSchema.create();

    var flow = schema.findObject("properties").orElseThrow().members().keySet();
    var phase =
        schema
            .findObject("$defs")
            .flatMap(all -> all.findObject("phase"))
            .flatMap(one -> one.findObject("properties"))
            .orElseThrow();
    assertThat(flow).containsExactlyInAnyOrderElementsOf(FlowLanguageKey.FLOW.keySet());
    assertThat(phase.members().keySet())
        .containsExactlyInAnyOrderElementsOf(FlowLanguageKey.PHASE.keySet());
    assertThat(phase.findObject("type").orElseThrow().texts("enum"))
        .containsExactlyElementsOf(FlowLanguageKey.TYPES);
  }
}
