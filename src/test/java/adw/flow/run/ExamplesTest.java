package adw.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import adw.flow.definition.CheckedFlow;
import adw.flow.definition.FlowChecker;
import adw.flow.definition.FlowFinding;
import adw.flow.definition.FlowFolders;
import adw.flow.definition.RoleFolders;
import adw.json.Json;
import adw.run.ApprovalAnswer;
import adw.spend.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The flows that people copy from: each is sound and runs to its end.
class ExamplesTest {
  private static final Map<String, String> ANSWERS =
      Map.of(
          "discover", "[{\"file\":\"a.ts\"},{\"file\":\"b.ts\"}]",
          "triage", "{\"severity\":\"low\"}",
          "refine", "{\"draft\":\"v1\",\"done\":true}",
          "plan",
              "[{\"id\":\"one\",\"task\":\"alpha\"},{\"id\":\"two\",\"task\":\"after"
                  + " {steps.one.output}\",\"dependsOn\":[\"one\"]}]",
          "replan", "{\"phases\":[],\"settled\":true}",
          "phases", "[{\"id\":\"work\",\"agent\":\"executor\",\"task\":\"do it\"}]",
          "route", "{\"depth\":\"deep\"}",
          "review", "fine\nVERDICT: PASS",
          "check", "VERDICT: PASS");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachExampleIsSoundAndRuns() throws IOException {
    try (var files = Files.list(Path.of("adws/examples"))) {
      var all = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      assertThat(all).hasSizeGreaterThanOrEqualTo(8);
      return all.stream()
          .map(file ->
              DynamicTest.dynamicTest(
                  String.valueOf(file.getFileName()),
                  () -> run(new FlowProject(folder).flows().read(file))));
    }
  }

  @TestFactory
  Stream<DynamicTest> eachBuiltInFlowIsSoundAndRuns() {
    return FlowFolders.BUILT_IN.stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name, () -> run(FlowFolders.parse(FlowFolders.builtInText(name)))));
  }

  private void run(CheckedFlow checked) throws IOException {
    var project = new FlowProject(folder);
    project.player =
        (ask, _) ->
            new PhaseCaller.Reply.Said(
                ANSWERS.getOrDefault(ask.place().path().getLast(), ask.prompt()),
                new Usage(10, 5, 0, 0.001, 1),
                Optional.empty());
    project.approver = _ -> new Approver.Answer.Given(ApprovalAnswer.yes(""), Optional.empty());
    var args =
        Json.parseObject(
            "{\"bug\":\"b\",\"post\":\"p\",\"goal\":\"g\",\"question\":\"q\",\"target\":\"t\",\"task\":\"t\",\"test\":\"true\"}");

    assertThat(
            new FlowChecker(project.flows(), java.util.Set.copyOf(RoleFolders.BUILT_IN))
                .check(checked))
        .filteredOn(finding -> finding.rule() != FlowFinding.Rule.GATE_EXHAUSTION)
        .isEmpty();
    var ready = (FlowEngine.Prepared.Ready) project.engine().prepare(checked, args);
    var ended = project.engine().run(ready, new FlowStop());

    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.COMPLETED);
    assertThat(ended.phases().values())
        .allSatisfy(result -> assertThat(result.remarks().notes()).isEmpty());
  }
}
