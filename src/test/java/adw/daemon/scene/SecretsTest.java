package adw.daemon.scene;

import static org.assertj.core.api.Assertions.assertThat;

import adw.run.RunEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A secret that a workflow was given, or that looks like one, is in nothing that is told of its
/// run: not in the task file, the commit, the events that the terminal and notifications are made
/// of, nor the record that commands show.
class SecretsTest {
  private static final String GIVEN = "tr0ub4dor-and-3";
  private static final String KEY = "sk_live_abcdefghijklmnop";
  private static final List<String> ALL = List.of(GIVEN, KEY, "MIIEvQIBADANBg");

  @TempDir Path folder;
  private DaemonSandbox sandbox;

  @BeforeEach
  void create() throws Exception {
    sandbox = DaemonSandbox.create(folder);
    sandbox.variable("DEPLOY_TOKEN", GIVEN);
  }

  /// All that is told of the runs, in words.
  private String told() throws Exception {
    var told = new ArrayList<String>();
    told.add(Files.readString(sandbox.tasks));
    told.add(sandbox.git("log", "--all", "--format=%B"));
    sandbox.events.stream().map(RunEvent::toString).forEach(told::add);
    for (var run : sandbox.runs()) {
      told.add(run.outcome() + " " + run.stage());
    }
    return String.join("\n", told);
  }

  @Test
  void theReasonOfAFailureHoldsNone() throws Exception {
    sandbox.workflow("tell", "echo \"denied for $DEPLOY_TOKEN with " + KEY + "\" >&2; exit 1\n");

    sandbox.tasks("[] Tell #tell\n").runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[❌, ID] Tell #tell // denied for *** with ***\n");
    assertThat(told()).doesNotContain(ALL);
  }

  @Test
  void theReportInACommitHoldsNone() throws Exception {
    sandbox.workflow(
        "tell",
        """
        echo x > x
        echo "used $DEPLOY_TOKEN and %s:"
        printf -- '-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBg\\n-----END PRIVATE KEY-----\\n'
        """
            .formatted(KEY));

    sandbox.tasks("[] Tell #tell\n").runUntilIdle();

    assertThat(sandbox.shown()).isEqualTo("[✅ HASH, ID] Tell #tell\n");
    assertThat(sandbox.git("log", "--all", "--format=%B")).contains("used *** and ***:\n***\n");
    assertThat(told()).doesNotContain(ALL);
  }

  @Test
  void aQuestionHoldsNone() throws Exception {
    sandbox.workflow("ask", "echo x > x; echo \"QUESTION: is $DEPLOY_TOKEN right?\"\n");
    try (var running = sandbox.tasks("[] Ask #ask\n").start()) {
      running.awaitEvent("waiting");
    }

    assertThat(sandbox.shown()).isEqualTo("[❓, ID] Ask #ask // is *** right?\n");
    assertThat(told()).doesNotContain(ALL);
  }

  @Test
  void whatALineOfTheSettingsSaysHoldsNone() throws Exception {
    sandbox.workflow("make", "echo x > x\n");
    sandbox.settings = sandbox.withSetUp("echo \"no $DEPLOY_TOKEN\" >&2; exit 1");

    sandbox.tasks("[] Make #make\n").runUntilIdle();

    assertThat(sandbox.shown()).contains("[❌, ID] Make #make // ", ": no ***\n");
    assertThat(told()).doesNotContain(ALL);
  }

  @Test
  void whatAHookOfACommitSaysHoldsNone() throws Exception {
    sandbox.hook("pre-commit", "echo 'denied for " + KEY + "' >&2; exit 1");
    sandbox.workflow("make", "echo x > x\n");

    sandbox.tasks("[] Make #make\n").runUntilIdle();

    assertThat(sandbox.shown()).startsWith("[❌, ID] Make #make // ");
    assertThat(told()).contains("denied for ***").doesNotContain(ALL);
  }
}
