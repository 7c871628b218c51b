package adw.cli.settings;

import adw.task.file.TaskFileSettings;
import adw.workflow.WorkflowSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What `adw.toml` says; ARCHITECTURE.md lists the keys, a test compares.
public record Settings(
    String tasks,
    adw.daemon.context.DaemonSettings loop,
    Duration settle,
    String workflow,
    Agent agent,
    Map<String, NamedAgent> agents,
    Models models,
    Map<String, Price> prices,
    Notices notices) {

  public enum Sandbox {
    NONE,
    BWRAP
  }

  public record Agent(String standard, Sandbox sandbox, double maxUsd, double maxUsdDay) {}

  /// An `[agents.NAME]`; what is "" or empty is the preset's.
  ///
  /// @param options by the word of an [adw.agent.program.PresetOption], what is appended when there
  ///   is a value
  public record NamedAgent(
      String preset,
      String model,
      String role,
      String prompt,
      List<String> argv,
      String output,
      Map<String, String> env,
      Map<String, String> rootEnv,
      Map<String, List<String>> options) {}

  public record Models(Map<String, String> names, Map<String, String> roles) {}

  /// Dollars per million tokens.
  public record Price(double in, double out, double cached) {}

  public record Notices(List<String> command, String webhook) {
    public boolean isEmpty() {
      return command.isEmpty() && webhook.isEmpty();
    }
  }

  static final Settings DEFAULTS =
      new Settings(
          "",
          adw.daemon.context.DaemonSettings.DEFAULT,
          TaskFileSettings.SETTLE,
          WorkflowSettings.USUAL_DEFAULT,
          new Agent("", Sandbox.NONE, 10, 50),
          Map.of(),
          new Models(Map.of(), Map.of()),
          Map.of(),
          new Notices(List.of(), ""));

  static Settings read(SettingsSection file) {
    var trigger = file.section("trigger");
    var workflow = file.section("workflow");
    var settings =
        new Settings(
            tasks(file),
            new adw.daemon.context.DaemonSettings(
                trigger(trigger), worktrees(file.section("worktree")), limits(workflow)),
            trigger.time("settle", "3s"),
            workflow.text("default", WorkflowSettings.USUAL_DEFAULT),
            agent(file.section("agent")),
            agents(file.section("agents")),
            models(file.section("models")),
            prices(file.section("prices")),
            notices(file.section("notify")));
    trigger.end();
    workflow.end();
    file.notBuilt("town", "review");
    file.end();
    return settings;
  }

  private static String tasks(SettingsSection file) {
    var tasks = file.text("tasks", "");
    file.checkIfSaid("tasks", tasks, SettingsRules::findFaultOfTaskFile);
    if (tasks.endsWith(".toml")) {
      file.refuse("tasks", "not built yet (name a Markdown file, or take it out)");
    }
    return tasks;
  }

  private static adw.daemon.context.DaemonSettings.Trigger trigger(SettingsSection section) {
    var trigger =
        new adw.daemon.context.DaemonSettings.Trigger(
            section.time("poll", "5s"),
            section.whole("max_concurrent", 5, 1),
            section.whole("max_unreviewed", 0, 0),
            section.choice("layout", adw.daemon.context.DaemonSettings.Layout.AUTO),
            section.truth("keep_awake", false));
    if (trigger.poll().compareTo(Duration.ofSeconds(1)) < 0) {
      section.refuse(
          "poll",
          "a save is noticed at once anyway, polling only catches what the system does not tell"
              + " (\"1s\" or more)");
    }
    return trigger;
  }

  private static adw.daemon.context.DaemonSettings.Worktrees worktrees(SettingsSection section) {
    var worktrees =
        new adw.daemon.context.DaemonSettings.Worktrees(
            section.text("dir", "trees"),
            section.text("base", ""),
            section.text("branch", "task-{id}"),
            section.truth("fetch", true),
            section.texts("setup"),
            section.size("min_free", "1GiB"),
            section.choice("keep", adw.daemon.context.DaemonSettings.Keep.UNTIL_REVIEWED),
            section.truth("sign", false),
            new adw.daemon.context.DaemonSettings.Ahead(
                section.whole("ready", 1, 0),
                section.truth("setup_ahead", true),
                section.texts("setup_inputs")));
    section.gone("cache", "worktrees are made without a cache");
    section.check("dir", worktrees.dir(), SettingsRules::findFaultOfFolder);
    section.check("branch", worktrees.branch(), SettingsRules::findFaultOfBranch);
    section.end();
    return worktrees;
  }

  private static adw.daemon.context.DaemonSettings.Limits limits(SettingsSection section) {
    return new adw.daemon.context.DaemonSettings.Limits(
        section.time("timeout", "60m"),
        section.time("idle_timeout", "10m"),
        section.whole("retries", 0, 0),
        section.texts("verify"),
        section.time("verify_timeout", "30m"),
        section.findTime("approval_timeout", ""));
  }

  private static Agent agent(SettingsSection section) {
    var agent =
        new Agent(
            section.text("default", ""),
            section.choice("sandbox", Sandbox.NONE),
            section.number("max_usd", 10),
            section.number("max_usd_day", 50));
    section.end();
    return agent;
  }

  private static Map<String, NamedAgent> agents(SettingsSection section) {
    var agents = new LinkedHashMap<String, NamedAgent>();
    for (var name : section.keys()) {
      var entry = section.section(name);
      var agent =
          new NamedAgent(
              entry.text("preset", ""),
              entry.text("model", ""),
              entry.text("role", ""),
              entry.text("prompt", ""),
              entry.texts("argv"),
              entry.text("output", ""),
              entry.section("env").variables(),
              entry.section("root_env").variables(),
              options(entry.section("options")));
      check(entry, agent, agents.keySet());
      agents.put(name, agent);
      entry.notBuilt("queue");
      entry.end();
    }
    return agents;
  }

  private static void check(SettingsSection entry, NamedAgent agent, Set<String> earlier) {
    entry.check("argv", agent.argv(), SettingsRules::findFaultOfCommand);
    entry.checkIfSaid("output", agent.output(), SettingsRules::findFaultOfOutput);
    entry.checkIfSaid("prompt", agent.prompt(), SettingsRules::findFaultOfPrompt);
    entry.checkIfSaid(
        "preset", agent.preset(), preset -> SettingsRules.findFaultOfPreset(preset, earlier));
  }

  private static Map<String, List<String>> options(SettingsSection section) {
    var options = new LinkedHashMap<String, List<String>>();
    for (var option : adw.agent.program.PresetOption.values()) {
      var words = section.texts(option.word());
      if (!words.isEmpty()) {
        options.put(option.word(), words);
      }
    }
    section.end();
    return options;
  }

  private static Models models(SettingsSection section) {
    return new Models(section.allTexts(), section.section("roles").allTexts());
  }

  private static Map<String, Price> prices(SettingsSection section) {
    var prices = new LinkedHashMap<String, Price>();
    for (var model : section.keys()) {
      var entry = section.section(model);
      prices.put(
          model,
          new Price(entry.number("in", 0), entry.number("out", 0), entry.number("cached", 0)));
      entry.end();
    }
    return prices;
  }

  private static Notices notices(SettingsSection section) {
    var notices = new Notices(section.texts("command"), section.text("webhook", ""));
    section.check("command", notices.command(), SettingsRules::findFaultOfCommand);
    section.checkIfSaid("webhook", notices.webhook(), SettingsRules::findFaultOfWebhook);
    section.end();
    return notices;
  }
}
