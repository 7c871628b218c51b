package adw.cli;

import adw.cli.console.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/// What the start-up cache learns from: the launcher runs this once per build. The commands of a
/// short working day are run in a throw-away folder, so that their classes come ready from the
/// cache.
final class CacheTraining {
  private static final String TASKS =
      """
      # To do

      [] add a login page #sh
      - [ ] fix the parser {#parser}
      [⏰ parser] write it down
      [✅ 1a2b3c4, adw_1a2b3c4d] done
      [❌, adw_2a2b3c4d] failed // no such file
      [❓, adw_3a2b3c4d] asks // which one?
      [🟡, adw_4a2b3c4d] runs
      [] print it #sh

        ```sh
        true
        ```

      ## Git Worktree docs

      1. [⏰ 22:00] later
      """;

  private static final String AGENT =
      """
      cat > said.txt
      echo '{"type":"message_end","message":{"role":"assistant","content":[{"type":"text","text":"{\\"a\\":[1]}"}],"usage":{"input":1,"output":1,"cost":{"total":0.01}},"stopReason":"stop"}}'
      """;

  private static final String CLAUDE =
      """
      cat > said.txt
      echo '{"type":"result","subtype":"success","is_error":false,"result":"{\\"a\\":[1]}","session_id":"s","num_turns":1,"total_cost_usd":0.01,"usage":{"input_tokens":1,"output_tokens":1}}'
      """;

  private static final String FLOW =
      """
      {"name": "train", "args": {"who": {"default": "me"}}, "phases": [
        {"id": "a", "task": "hello {args.who}", "output": "json"},
        {"id": "m", "type": "map", "over": "{steps.a.json.a}", "task": "{item}", "dependsOn": ["a"]},
        {"id": "g", "type": "gate", "task": "fine? {previous.output}", "when": "{steps.a.output} != x", "dependsOn": ["m"]}]}
      """;

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  private CacheTraining(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException {
    var training = new CacheTraining(Path.of(args[1]));
    if (args[0].equals("work")) {
      training.work();
    } else {
      training.look();
      training.flows();
    }
  }

  private void look() throws IOException {
    repository("");
    Files.writeString(folder.resolve("tasks.md"), TASKS);
    writeAgent("claude", "#!/bin/sh\n"); // then a task without a tag can start; it never does
    adw("--version");
    adw("--help");
    adw("status");
    adw("--color", "always", "status");
    adw("status", "--json");
    adw("tasks");
    Files.writeString(folder.resolve("adw.toml"), "[trigger]\nmax_concurrent = 3\n");
    Files.writeString(
        folder.resolve("tasks.md"), "[] nothing that a shell could run #sh\n".repeat(20));
    adw("status");
  }

  private void writeAgent(String name, String script) throws IOException {
    var agent = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(agent, script);
    if (!agent.toFile().setExecutable(true)) {
      throw new IOException(agent + ": cannot be made executable");
    }
    environment.put("PATH", agent.getParent() + ":" + environment.getOrDefault("PATH", ""));
  }

  private void work() throws IOException {
    var demo = folder.resolve("demo").toString();
    adw("no-such-command");
    adw("run", "--help");
    adw("demo", "--in", demo);
    adw("-C", demo, "show", "docs");
    adw("-C", demo, "logs", "docs");
    adw("-C", demo, "add", "one more");
    adw("-C", demo, "run", "--dry-run");
    adw("-C", demo, "check");
    adw("-C", demo, "doctor");
    adw("-C", demo, "status");
    adw("-C", demo, "clean");
    writeFlow(Path.of(demo));
    adw("-C", demo, "add", "say hello #train");
    adw("-C", demo, "run", "--until-idle");
    adw("-C", demo, "flow", "verify");
    adw("-C", demo, "flow", "runs");
    adw("-C", demo, "flow", "list");
    adw("-C", demo, "stop");
  }

  private static void writeFlow(Path demo) throws IOException {
    Files.writeString(
        demo.resolve("adw.toml"),
        "[agents.train]\nargv = [\"/bin/sh\", \"train.sh\"]\noutput = \"pi-json\"\n[prices]\ntrain = { in = 1, out = 2 }\n");
    Files.writeString(demo.resolve("train.sh"), AGENT);
    Files.createDirectories(demo.resolve("adws"));
    Files.writeString(demo.resolve("adws/train.json"), FLOW);
  }

  /// What stands between the start of a flow and its first agent: with an agent that is a shell,
  /// with one of the presets, with settings and without.
  private void flows() throws IOException {
    var plain = repository("plain");
    writeAgent("claude", "#!/bin/sh\n" + CLAUDE);
    Files.writeString(plain.resolve("train.json"), FLOW);
    adw("-C", plain.toString(), "flow", "run", "train.json", "who=you");
    adw("-C", plain.toString(), "-q", "flow", "run", "train.json", "--json");
    var own = repository("own");
    writeFlow(own);
    adw("-C", own.toString(), "flow", "run", "train", "who=you");
    lookAfterSpending(plain);
    lookAfterSpending(own);
  }

  /// There is a ledger now, a flow that ended, and in one of them an agent of the settings.
  private void lookAfterSpending(Path repository) throws IOException {
    Files.writeString(repository.resolve("tasks.md"), TASKS);
    adw("-C", repository.toString(), "status");
    adw("-C", repository.toString(), "status", "--json");
    adw("-C", repository.toString(), "tasks");
  }

  private Path repository(String name) throws IOException {
    var repository = folder.resolve(name);
    Files.createDirectories(repository.resolve(".git/objects"));
    Files.createDirectories(repository.resolve(".git/refs"));
    Files.writeString(repository.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    return repository;
  }

  /// How it ends does not matter here: a cache that knows less is still a cache.
  private void adw(String... args) {
    var own = Caller.ofProcess();
    var caller =
        new Caller(
            folder,
            environment,
            InputStream.nullInputStream(),
            own.out(),
            own.err(),
            Caller.Screen.NONE,
            Clock.systemUTC(),
            own::zone);
    var code = Main.run(caller, args);
    own.out().println("adw " + String.join(" ", args) + ": " + code);
    own.out().flush();
  }
}
