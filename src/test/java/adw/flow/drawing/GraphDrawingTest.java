package adw.flow.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import adw.flow.definition.Flow;
import adw.flow.definition.FlowFolders;
import adw.flow.definition.PhaseResult;
import adw.flow.definition.PhaseResult.Detail;
import adw.flow.definition.PhaseResult.Remarks;
import adw.flow.run.RecordedGraph;
import adw.spend.Usage;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphDrawingTest {
  private static final Flow FLOW =
      FlowFolders.parse(
              """
              {"name":"self-improve","budget":{"maxUSD":2},"phases":[
                {"id":"discover","agent":"scout","task":"x"},
                {"id":"write-a","task":"x","dependsOn":["discover"]},
                {"id":"write-b","type":"map","over":"[]","task":"x","dependsOn":["discover"]},
                {"id":"fix","type":"flow","use":"f","dependsOn":["discover"]},
                {"id":"verify","type":"gate","task":"x","dependsOn":["write-a","write-b","fix"]},
                {"id":"refine","type":"loop","task":"x","until":"false","dependsOn":["verify"]},
                {"id":"pick","type":"tournament","task":"x","dependsOn":["refine"]},
                {"id":"ok","type":"approval","dependsOn":["pick"]},
                {"id":"report","type":"reduce","task":"x","from":["ok","fix"]},
                {"id":"cached","task":"x","dependsOn":["report"]},
                {"id":"late","task":"x","dependsOn":["cached"]}]}\
              """)
          .flow()
          .orElseThrow();

  private static final Remarks PLAIN = Remarks.NONE.seen(Set.of(), Duration.ofSeconds(1));
  private static final Usage CENT = new Usage(1, 1, 0, 0.01, 1);

  private static Map<String, PhaseResult> results() {
    var results = new LinkedHashMap<String, PhaseResult>();
    results.put(
        "discover",
        PhaseResult.done("x")
            .with(CENT)
            .with(
                Remarks.NONE
                    .withAttempts(3)
                    .withModel(Optional.of("deepseek-v4"))
                    .seen(Set.of(), Duration.ofSeconds(65))));
    results.put(
        "write-a",
        PhaseResult.done("x")
            .with(new Usage(1, 1, 0, 0.002, 1))
            .with(Remarks.NONE.withWarnings(List.of("w")).seen(Set.of(), Duration.ofSeconds(5))));
    results.put(
        "write-b",
        PhaseResult.failed(
                "x", "scout: something went terribly wrong in the third item of the list")
            .with(new Detail.Fanned(15, 15, 2)));
    results.put(
        "fix",
        PhaseResult.done("x")
            .with(new Detail.Fanned(3, 3, 0))
            .with(Remarks.NONE.seen(Set.of(), Duration.ofMinutes(62))));
    results.put(
        "verify",
        PhaseResult.done("x")
            .with(CENT)
            .with(PLAIN)
            .with(
                new Detail.Gated(
                    true,
                    Optional.of("3 type errors in test files and more words to be cut off"))));
    results.put(
        "refine",
        PhaseResult.done("x").with(CENT).with(PLAIN).with(new Detail.Looped(4, "maxIterations")));
    results.put(
        "pick",
        PhaseResult.done("x")
            .with(CENT)
            .with(PLAIN)
            .with(new Detail.Judged(4, 3, "best", Optional.of("crisp"))));
    results.put(
        "ok",
        PhaseResult.done("x")
            .with(PLAIN)
            .with(
                new Detail.Decided(
                    "reject", Optional.empty(), true, Optional.empty(), Optional.of("no"))));
    results.put(
        "report",
        PhaseResult.skipped(
            "Gate blocked: 3 type errors in test files and more words to be cut off"));
    results.put("cached", PhaseResult.done("x").fromCache());
    return results;
  }

  private static Usage spent(Map<String, PhaseResult> results) {
    return results.values().stream().map(PhaseResult::usage).reduce(Usage.NONE, Usage::plus);
  }

  @Test
  void theLayoutIsTheGraph() {
    var lines =
        GraphDrawing.of(
            new RecordedGraph(
                FLOW, "blocked", results(), Map.of(), Duration.ofMinutes(125), spent(results())));

    assertThat(String.join("\n", lines))
        .isEqualTo(
            """
            ⊗ flow self-improve  8/11 · 1✗ · blocked · $0.04/$2 · 2h05m
                ✓ discover  agent       scout（deepseek-v4）  $0.01  ↻2  1m05s
              ┌ ✓ write-a   agent       agent  $0.0020  5s  ⚠1
              ├ ✗ write-b   map         13/15 2✗  scout: something went terribly wrong in the third item…
              └ ✓ fix       flow        3✓  1h02m
                ✓ verify    gate        BLOCK 3 type errors in test files and more words…  $0.01  1s
                ✓ refine    loop        ↻4 max  $0.01  1s
                ✓ pick      tournament  ⚑ 4→#3 crisp  $0.01  1s
                ✓ ok        approval    ⚠ REJECT auto  1s
                ⊘ report    reduce      skipped · Gate blocked: 3 type errors in test files and more…  ↳ fix
                ✓ cached    agent       ✓ CACHED cross-run
                ○ late      agent       —

            summary: 8/11 done, 1 failed\
            """);
  }

  @Test
  void whatIsAtWorkShowsHowFarItIs() {
    var settled = new HashMap<>(results());
    settled.keySet().retainAll(Set.of("discover"));
    var running =
        Map.of(
            "write-b",
                new RecordedGraph.Live(
                    Duration.ofSeconds(5), 3, 8, 2, 15, Optional.of("read src/foo.ts\u001B[31m")),
            "fix", new RecordedGraph.Live(Duration.ofSeconds(61), 0, 0, 0, 0, Optional.empty()));

    var lines =
        GraphDrawing.of(
            new RecordedGraph(FLOW, "running", settled, running, Duration.ofMillis(4 * 120), CENT));

    assertThat(lines.getFirst()).isEqualTo("⠼ flow self-improve  1/11 · 2▸ · $0.01/$2 · 0s");
    assertThat(lines.subList(3, 6))
        .containsExactly(
            "  ├ ⠙ write-b   map         ━━────── 3/15 · 8 run · 2✗  map  5s",
            "                 › read src/foo.ts",
            "  └ ⠇ fix       flow        flow  1m01s");
  }

  @Test
  void hostileNamesCannotLeaveTheirLabelInMermaid() {
    var flow =
        FlowFolders.parse(
                "{\"name\":\"f\",\"phases\":[{\"id\":\"a\\\"]-->x[\\\"\",\"task\":\"x\"},{\"id\":\"b\",\"type\":\"gate\",\"task\":\"x\",\"when\":\"{args.x}"
                    + " == 1\",\"dependsOn\":[\"a\\\"]-->x[\\\"\"]}]}")
            .flow()
            .orElseThrow();

    assertThat(Mermaid.of(flow, Map.of("b", PhaseResult.failed("no"))))
        .containsExactly(
            "flowchart TD",
            "  p0[\"a#34;#93;--#62;x#91;#34;<br/>agent\"]",
            "  p1{\"b<br/>gate\"}",
            "  p0 -->|\"#123;args.x#125; == 1\"| p1",
            "  style p1 fill:#f8d0d0");
  }
}
