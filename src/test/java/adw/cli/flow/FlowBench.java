package adw.cli.flow;

import adw.cli.AdwProgram;
import adw.flow.definition.FlowFolders;
import adw.flow.run.FlowEngine;
import adw.flow.run.FlowStop;
import adw.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What flows cost beside the bare start of the same program as often from Java: `bench/flows`.
/// Wall time, medians of rounds that alternate and the least, for other work on the machine only
/// ever adds; processor time, ours and that of children, in the mean.
final class FlowBench {
  private static final String AGENT =
      """
      #!/bin/sh
      echo '{"type":"message_end","message":{"role":"assistant","content":[{"type":"text","text":"x"}],"usage":{"input":1,"output":1,"cost":{"total":0.001}},"stopReason":"stop"}}'
      """;

  /// Rounds until both sides are compiled.
  private static final int WARM = 10;

  private final AdwProgram program;
  private final Path agent;
  private final int rounds;

  private FlowBench(Path folder, int rounds) throws IOException {
    this.agent = folder.resolve("agent.sh");
    this.rounds = rounds;
    Files.writeString(agent, AGENT);
    if (!agent.toFile().setExecutable(true)) {
      throw new IOException(agent + " cannot be made executable");
    }
    this.program =
        AdwProgram.in(Files.createDirectories(folder.resolve("repo")))
            .write(
                "adw.toml",
                "[agents.bench]\nargv = [\""
                    + agent
                    + "\"]\noutput = \"pi-json\"\n[agent]\nmax_usd_day = 0\n");
  }

  public static void main(String[] args) throws Exception {
    var place = Files.createTempDirectory(Path.of(args[0]), "adw-flows");
    var bench = new FlowBench(place, Integer.parseInt(args[1]));
    System.out.printf(
        Locale.ROOT,
        "%-24s %8s %8s %6s %8s %9s %9s %6s%n",
        "(bar 1.1)",
        "bare ms",
        "flow ms",
        "ratio",
        "of least",
        "bare cpu",
        "flow cpu",
        "ratio");
    bench.compare("chain of 50", chain(50), 50, 1);
    bench.compare("map of 200, 8 at once", map(200), 200, 8);
    new FlowBench(Files.createTempDirectory(place, "start"), bench.rounds).start(Path.of(args[2]));
  }

  private interface Work {
    void run() throws Exception;
  }

  private record Cost(double millis, double cpu) {}

  private void compare(String name, String flow, int calls, int width) throws Exception {
    var bare = new ArrayList<Cost>();
    var ours = new ArrayList<Cost>();
    for (var round = -WARM; round < rounds; round++) {
      var one = cost(() -> bare(calls, width));
      var other = cost(() -> run(flow));
      if (round >= 0) {
        bare.add(one);
        ours.add(other);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-24s %8.1f %8.1f %6.2f %8.2f %9.1f %9.1f %6.2f%n",
        name,
        median(bare),
        median(ours),
        median(ours) / median(bare),
        least(ours) / least(bare),
        cpu(bare),
        cpu(ours),
        cpu(ours) / cpu(bare));
  }

  private static double median(List<Cost> costs) {
    return costs.stream().mapToDouble(Cost::millis).sorted().toArray()[costs.size() / 2];
  }

  private static double least(List<Cost> costs) {
    return costs.stream().mapToDouble(Cost::millis).min().orElseThrow();
  }

  /// The mean: the kernel counts in steps of 10 ms.
  private static double cpu(List<Cost> costs) {
    return costs.stream().mapToDouble(Cost::cpu).average().orElseThrow();
  }

  private static Cost cost(Work work) throws Exception {
    var cpu = cpu();
    var start = System.nanoTime();
    work.run();
    return new Cost((System.nanoTime() - start) / 1e6, cpu() - cpu);
  }

  /// Processor milliseconds of this process and of its children that have ended.
  private static double cpu() throws IOException {
    var stat = Files.readString(Path.of("/proc/self/stat"));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    var ticks = 0L;
    for (var i = 11; i <= 14; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks * 10.0;
  }

  private void bare(int calls, int width) throws Exception {
    var free = new Semaphore(width);
    var all = new ArrayList<java.util.concurrent.Future<Integer>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < calls; i++) {
        free.acquire();
        all.add(threads.submit(() -> start(free)));
      }
    }
    for (var one : all) {
      if (one.get() != 0) {
        throw new IllegalStateException(agent + " failed");
      }
    }
  }

  private int start(Semaphore free) throws IOException, InterruptedException {
    try {
      var process = new ProcessBuilder(agent.toString()).start();
      process.getOutputStream().close();
      process.getInputStream().readAllBytes();
      return process.waitFor();
    } finally {
      free.release();
    }
  }

  private void run(String flow) throws Exception {
    var console = program.console();
    var finder = FlowFinder.find(console);
    var read = FlowFolders.parse(flow);
    var place = finder.shelf().runs().create(read.flow().orElseThrow(), console.caller().clock());
    try (var showing = new FlowDisplay(console, true, Optional.empty())) {
      var engine = FlowSession.open(finder, place, showing);
      var ready = (FlowEngine.Prepared.Ready) engine.prepare(read, Json.Obj.empty());
      if (!engine.run(ready, place, new FlowStop()).succeeded()) {
        throw new IllegalStateException("the flow failed: " + place.folder());
      }
    }
  }

  /// From the start of a process to the first line of its first agent, against that of `node`.
  private void start(Path adw) throws Exception {
    var place = program.folder();
    var line = place.resolve("line");
    program.repository().exec("mkfifo", line.toString());
    program.write("bin/pi", "#!/bin/sh\necho > " + line + "\n");
    program.exec("chmod", "+x", place.resolve("bin/pi").toString());
    Files.delete(place.resolve("adw.toml"));
    program.write("start.json", "{\"name\":\"s\",\"phases\":[{\"id\":\"a\",\"task\":\"x\"}]}");
    var ours = new ArrayList<Cost>();
    var node = new ArrayList<Cost>();
    try (var first = new RandomAccessFile(line.toFile(), "rw")) { // waits for no writer
      for (var round = -2; round < rounds; round++) {
        var one = cost(() -> exec("node", "-e", "0"));
        var begin = System.nanoTime();
        var process = builder(adw.toString(), "-q", "flow", "run", "start.json").start();
        first.read();
        var other = new Cost((System.nanoTime() - begin) / 1e6, 0);
        process.waitFor();
        if (round >= 0) {
          node.add(one);
          ours.add(other);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "start of a flow to its first agent: %.1f ms, node -e 0: %.1f ms, ratio %.2f, of least %.2f (bar 1.5)%n",
        median(ours),
        median(node),
        median(ours) / median(node),
        least(ours) / least(node));
  }

  private void exec(String... argv) throws Exception {
    if (builder(argv).start().waitFor() != 0) {
      throw new IllegalStateException(argv[0] + " failed");
    }
  }

  private ProcessBuilder builder(String... argv) {
    var place = program.folder();
    var builder = new ProcessBuilder(argv).directory(place.toFile());
    builder.environment().put("HOME", place.resolveSibling("repo.home").toString());
    builder.environment().merge("PATH", place.resolve("bin") + ":", (old, bin) -> bin + old);
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private static String chain(int length) {
    return "{\"name\":\"c\",\"phases\":["
        + IntStream.range(0, length)
            .mapToObj(i ->
                "{\"id\":\"p"
                    + i
                    + "\",\"task\":\"x\""
                    + (i == 0 ? "" : ",\"dependsOn\":[\"p" + (i - 1) + "\"]")
                    + "}")
            .collect(Collectors.joining(","))
        + "]}";
  }

  private static String map(int width) {
    return "{\"name\":\"m\",\"phases\":[{\"id\":\"m\",\"type\":\"map\",\"concurrency\":8,\"task\":\"do {item}\",\"over\":"
        + IntStream.range(0, width).boxed().toList()
        + "}]}";
  }
}
