package adw.workflow;

import adw.git.config.GitEnvironment;
import adw.os.process.OrphanProcesses;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The environment of a workflow: the daemon's own, without what another agent or git has left in
/// it, and with the facts of the run.
public final class RunEnvironment {
  private static final String UTF_8 =
      System.getProperty("os.name", "").startsWith("Mac") ? "en_US.UTF-8" : "C.UTF-8";

  /// The system takes 128 KiB a variable; the whole text is in the prompt.
  private static final int LONGEST = 32 << 10;

  /// What is stale in a child.
  private static final Set<String> DROPPED =
      Set.of("GIT_EXEC_PATH", "CLAUDECODE", "GEMINI_CLI", "OPENCODE", "PWD", "OLDPWD", "_");

  /// What a parent agent tells its own children; among it are settings that a person makes.
  /// Settings of git that one command was given are none of another's, and may hold what gives
  /// access.
  private static final List<String> DROPPED_PREFIXES =
      List.of("CLAUDE_CODE_", "CODEX_", "ADW_", "GIT_CONFIG");

  private static final List<String> KEPT =
      List.of(
          "CLAUDE_CODE_OAUTH_TOKEN",
          "CLAUDE_CODE_USE_",
          "CLAUDE_CODE_SKIP_",
          "CLAUDE_CODE_MAX_",
          "CLAUDE_CODE_DISABLE_",
          "CLAUDE_CODE_API_KEY",
          "CLAUDE_CODE_CLIENT_",
          "CODEX_HOME",
          "CODEX_API_KEY",
          "ADW_JAVA_HOME");

  /// What is known of a run before its task is.
  private static final Set<String> OF_NO_TASK =
      Set.of(OrphanProcesses.MARK, "ADW_PORT", "ADW_WORKTREE", "ADW_REPO", "ADW_JAVA_HOME");

  private static final Pattern OWN = Pattern.compile("ADW_[A-Z_]+");

  private RunEnvironment() {}

  /// A variable in this text that only the task of a run gives its value.
  public static Optional<String> findOfTask(String text) {
    return OWN.matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(name -> !OF_NO_TASK.contains(name))
        .findFirst();
  }

  /// The same for a run that has no task yet.
  public static Map<String, String> withoutTask(Map<String, String> environment) {
    var known = new HashMap<>(environment);
    known.keySet().removeIf(name -> findOfTask(name).isPresent());
    return known;
  }

  public static Map<String, String> of(Map<String, String> own, RunFacts facts) {
    var environment = new HashMap<String, String>();
    own.forEach((name, value) -> {
      if (isPassedOn(name)) {
        environment.put(name, value);
      }
    });
    environment.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.putIfAbsent("HOME", System.getProperty("user.home"));
    speakUtf8(environment);
    // Nobody is there to answer.
    environment.put("GIT_EDITOR", "true");
    environment.put("GIT_SEQUENCE_EDITOR", "true");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.putAll(told(facts));
    return environment;
  }

  private static Map<String, String> told(RunFacts facts) {
    var asked = facts.asked();
    var places = facts.places();
    return Map.ofEntries(
        Map.entry(OrphanProcesses.MARK, facts.runId()),
        Map.entry("ADW_TASK", bounded(asked.text())),
        Map.entry("ADW_TAGS", bounded(String.join(" ", asked.tags()))),
        Map.entry("ADW_MODEL", bounded(asked.model().orElse(""))),
        Map.entry("ADW_AGENT", bounded(asked.agent().orElse(""))),
        Map.entry("ADW_BRANCH", facts.branch()),
        Map.entry("ADW_BASE", facts.base()),
        Map.entry("ADW_WORKTREE", places.worktree().toString()),
        Map.entry("ADW_REPO", places.repository().toString()),
        Map.entry("ADW_RUN_DIR", places.runDir().toString()),
        Map.entry("ADW_RESULT", places.result().toString()),
        Map.entry("ADW_PORT", Integer.toString(facts.port())),
        Map.entry("TMPDIR", places.temporary().toString()));
  }

  private static boolean isPassedOn(String name) {
    return !DROPPED.contains(name)
        && !GitEnvironment.FOREIGN.contains(name)
        && (DROPPED_PREFIXES.stream().noneMatch(name::startsWith)
            || KEPT.stream().anyMatch(name::startsWith));
  }

  /// A daemon started by cron has no locale; its children should still read and write UTF-8.
  private static void speakUtf8(Map<String, String> environment) {
    var all = environment.getOrDefault("LC_ALL", "");
    var kind = all.isEmpty() ? environment.getOrDefault("LC_CTYPE", "") : all;
    var locale = kind.isEmpty() ? environment.getOrDefault("LANG", "") : kind;
    if (locale.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8")) {
      return;
    }
    environment.put(all.isEmpty() ? "LC_CTYPE" : "LC_ALL", UTF_8);
    environment.putIfAbsent("LANG", UTF_8);
  }

  private static String bounded(String text) {
    var clean = text.replace("\0", "");
    if (clean.length() <= LONGEST) {
      return clean;
    }
    var end = Character.isHighSurrogate(clean.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return clean.substring(0, end);
  }
}
