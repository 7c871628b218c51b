package adw.flow.run;

import adw.flow.definition.FlowChecker;
import adw.flow.definition.FlowFolders;
import adw.flow.definition.RoleFolders;
import adw.spend.Usage;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the engine costs with an agent that answers at once, in this process: `bench/flows`.
/// Medians of rounds, and the least, for other work on the machine only ever adds.
final class EngineBench {
  private static final int PHASES = 10_000;
  private static final int LINES = 2_000;
  private static final int CHECKED = 1_000;

  private final Path place;
  private final FlowProject project;
  private final int rounds;

  private EngineBench(Path place, int rounds) {
    this.place = place;
    this.rounds = rounds;
    this.project = new FlowProject(place);
    project.player =
        (_, _) -> new PhaseCaller.Reply.Said("ok", new Usage(1, 1, 0, 0.001, 1), Optional.empty());
  }

  public static void main(String[] args) throws Exception {
    var place = Files.createTempDirectory(Path.of(args[0]), "adw-engine");
    var bench = new EngineBench(place, Integer.parseInt(args[1]));
    bench.engine();
    bench.record();
    bench.check();
  }

  private void engine() throws Exception {
    var ready = project.ready(chain(PHASES), "{}");
    var all = rounds(() -> project.engine().run(ready, new FlowStop()));
    System.out.printf(
        Locale.ROOT,
        "engine alone, %,d phases: %.1f us a phase, least %.1f (bar 20)%n",
        PHASES,
        median(all) * 1000 / PHASES,
        least(all) * 1000 / PHASES);
  }

  /// What the record costs more than none, against appending the same lines.
  private void record() throws Exception {
    var ready = project.ready(chain(LINES), "{}");
    var without = new double[rounds];
    var with = new double[rounds];
    var plain = new double[rounds];
    for (var round = -10; round < rounds; round++) {
      var run = project.runs().create(ready.flow(), project.clock);
      var none = millis(() -> project.engine().run(ready, new FlowStop()));
      var recorded = millis(() -> project.engine().run(ready, run, new FlowStop()));
      var lines = Files.readAllLines(run.folder().resolve("phases.jsonl"));
      var appended = millis(() -> append(lines));
      if (round >= 0) {
        without[round] = none;
        with[round] = recorded;
        plain[round] = appended;
      }
    }
    var extra = median(with) - median(without);
    var leastExtra = least(with) - least(without);
    System.out.printf(
        Locale.ROOT,
        "record of %,d phases: %.1f ms, to append the same lines %.1f ms, ratio %.2f, of least %.2f (bar 3)%n",
        LINES,
        extra,
        median(plain),
        extra / median(plain),
        leastExtra / least(plain));
  }

  private void check() throws Exception {
    var flows = new FlowFolders(place, place);
    var text = chain(CHECKED);
    var roles = Set.copyOf(RoleFolders.BUILT_IN);
    var all = rounds(() -> new FlowChecker(flows, roles).check(FlowFolders.parse(text)));
    System.out.printf(
        Locale.ROOT,
        "verify of %,d phases: %.1f ms warm, least %.1f (bar 50)%n",
        CHECKED,
        median(all),
        least(all));
  }

  private interface Work {
    void run() throws Exception;
  }

  private double[] rounds(Work work) throws Exception {
    var all = new double[rounds];
    for (var round = -10; round < rounds; round++) {
      var one = millis(work);
      if (round >= 0) {
        all[round] = one;
      }
    }
    return all;
  }

  private static double least(double[] all) {
    return Arrays.stream(all).min().orElseThrow();
  }

  private static double median(double[] all) {
    var sorted = all.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double millis(Work work) throws Exception {
    var start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private void append(List<String> lines) throws IOException {
    var file = Files.createTempFile(place, "lines", "");
    try (var out = new FileOutputStream(file.toFile(), true)) {
      for (var line : lines) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static String chain(int length) {
    return FlowProject.flow(
        IntStream.range(0, length).mapToObj(i -> phase(i, i - 1)).collect(Collectors.joining(",")));
  }

  private static String phase(int place, int before) {
    var waits = before < 0 ? "" : ",\"dependsOn\":[\"p" + before + "\"]";
    var sees = before < 0 ? "" : " after {steps.p" + before + ".output}";
    return "{\"id\":\"p" + place + "\",\"task\":\"do " + place + sees + "\"" + waits + "}";
  }
}
