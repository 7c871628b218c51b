package adw.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import adw.flow.definition.FlowChecker;
import adw.flow.definition.FlowFolders;
import adw.flow.definition.RoleFolders;
import adw.spend.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the engine itself costs, with an agent that answers at once. Best of several rounds, for
/// other work on the machine only ever adds.
@Tag("scale")
class SpeedTest {
  @TempDir Path folder;

  @Test
  void aPhaseCostsAtMostTwentyMicroseconds() throws IOException {
    var project = new FlowProject(folder);
    project.player =
        (_, _) -> new PhaseCaller.Reply.Said("ok", new Usage(1, 1, 0, 0, 1), Optional.empty());
    var chain =
        IntStream.range(0, 10_000).mapToObj(i -> phase(i, i - 1)).collect(Collectors.joining(","));
    var ready = project.ready(FlowProject.flow(chain), "{}");
    var best = Long.MAX_VALUE;
    for (var round = 0; round < 40; round++) {
      var start = System.nanoTime();
      var ended = project.engine().run(ready, new FlowStop());
      best = Math.min(best, System.nanoTime() - start);
      assertThat(ended.status()).isEqualTo(FlowOutcome.Status.COMPLETED);
    }

    assertThat(best / 10_000).isLessThanOrEqualTo(20_000);
  }

  @Test
  void checkingAThousandPhasesTakesAtMostFiftyMilliseconds() {
    var flows = new FlowFolders(folder, folder);
    var text =
        FlowProject.flow(
            IntStream.range(0, 1_000)
                .mapToObj(i -> phase(i, i - 1))
                .collect(Collectors.joining(",")));
    var best = Long.MAX_VALUE;
    for (var round = 0; round < 60; round++) {
      var start = System.nanoTime();
      var findings =
          new FlowChecker(flows, Set.copyOf(RoleFolders.BUILT_IN)).check(FlowFolders.parse(text));
      best = Math.min(best, System.nanoTime() - start);
      assertThat(findings).isEmpty();
    }

    assertThat(best).isLessThanOrEqualTo(50_000_000);
  }

  private static String phase(int place, int before) {
    var waits = before < 0 ? "" : ",\"dependsOn\":[\"p" + before + "\"]";
    var sees = before < 0 ? "" : " after {steps.p" + before + ".output}";
    return "{\"id\":\"p" + place + "\",\"task\":\"do " + place + sees + "\"" + waits + "}";
  }
}
