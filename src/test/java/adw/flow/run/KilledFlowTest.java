package adw.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kill -9 of a real process in the middle of a flow.
@Tag("scale")
class KilledFlowTest {
  private static final String FLOW =
      """
      {"name":"f","phases":[
        {"id":"m","type":"map","over":[1,2,3,4,5,6],"task":"<<sleep 100>>item {item}","concurrency":2},
        {"id":"l","type":"loop","task":"<<sleep 100>>round {loop.iteration} {loop.lastOutput}","until":"{loop.iteration} == 5"},
        {"id":"s","type":"flow","dependsOn":["m"],"def":[
          {"id":"x","task":"<<sleep 100>>inner x"},{"id":"y","task":"<<sleep 100>>inner y","dependsOn":["x"]}]},
        {"id":"z","task":"end {steps.l.output}","dependsOn":["s","l"]}]}\
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7, 10})
  void whatWasRecordedIsNotPaidAgain(int lines) throws Exception {
    var project = new FlowProject(folder).with("flow.json", FLOW);
    var place = KilledFlow.place(project);
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledFlow.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    await().until(() -> recorded(place).size() >= lines || !process.isAlive());
    process.destroyForcibly().waitFor();
    var recorded = recorded(place).size();
    var paidBefore = Files.readAllLines(folder.resolve("paid.txt"));
    assertThat(FlowRuns.read(place).status()).isEqualTo("interrupted");

    project.player = KilledFlow.paid(project);
    var ended = project.engine().resume(place, new FlowStop());

    var all = Files.readAllLines(folder.resolve("paid.txt"));
    assertThat(ended.status()).isEqualTo(FlowOutcome.Status.COMPLETED);
    // At most the calls that were in the air when it was killed are made again.
    var again =
        all.subList(paidBefore.size(), all.size()).stream()
            .filter(new HashSet<>(paidBefore)::contains)
            .toList();
    assertThat(again.size()).isLessThanOrEqualTo(3);
    assertThat(new HashSet<>(all)).hasSize(6 + 5 + 2 + 1);
    assertThat(recorded).isGreaterThanOrEqualTo(lines);
  }

  private static List<String> recorded(FlowRecordPlace place) throws IOException {
    return Files.exists(place.phases().file())
        ? Files.readAllLines(place.phases().file())
        : List.of();
  }
}
