package adw.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.cli.console.CliException;
import adw.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
  @Test
  void anEmptyFileAndNoFileAreTheDefaults(@TempDir Path folder) throws IOException {
    assertThat(SettingsFile.parse("adw.toml", "")).isEqualTo(Settings.DEFAULTS);
    assertThat(SettingsFile.read(folder.resolve("adw.toml"))).isEqualTo(Settings.DEFAULTS);
  }

  @Test
  void eachKindOfValueIsRead() {
    var settings =
        SettingsFile.parse(
            "adw.toml",
            """
            tasks = "plan/tasks.md"
            [trigger]
            poll = "1m30s"
            max_concurrent = 2
            keep_awake = true
            [worktree]
            setup = ["npm ci", "make env"]
            min_free = "500MB"
            [workflow]
            approval_timeout = "2d"
            [agent]
            max_usd = 2.5
            [agents.backend]
            preset = "claude"
            model = "opus"
            env = { API = "x" }
            [models]
            opus = "claude-opus-4"
            [models.roles]
            fast = "haiku"
            [prices]
            "gpt-5" = { in = 1.25, out = 10, cached = 0.125 }
            """);

    assertThat(settings.tasks()).isEqualTo("plan/tasks.md");
    assertThat(settings.loop().trigger())
        .isEqualTo(
            new adw.daemon.context.DaemonSettings.Trigger(
                Duration.ofSeconds(90), 2, 0, adw.daemon.context.DaemonSettings.Layout.AUTO, true));
    assertThat(settings.loop().worktrees().setUp()).containsExactly("npm ci", "make env");
    assertThat(settings.loop().worktrees().minFree()).isEqualTo(500_000_000L);
    assertThat(settings.loop().limits().approvalTimeout()).contains(Duration.ofDays(2));
    assertThat(settings.agent().maxUsd()).isEqualTo(2.5);
    assertThat(settings.agents().values())
        .extracting(Settings.NamedAgent::env)
        .containsExactly(Map.of("API", "x"));
    assertThat(settings.models())
        .isEqualTo(new Settings.Models(Map.of("opus", "claude-opus-4"), Map.of("fast", "haiku")));
    assertThat(settings.prices()).isEqualTo(Map.of("gpt-5", new Settings.Price(1.25, 10, 0.125)));
  }

  @Test
  void allMistakesAreReportedAtOnceWithLineAndCure() {
    assertThat(
            findings(
                """
                [trigger]
                max_concurent = 3
                poll = "200ms"
                settle = 3
                layout = "sideways"
                max_concurrent = 0
                [workfow]
                [worktree]
                branch = "work"
                min_free = "lots"
                setup = ["a", 1]
                """))
        .containsExactly(
            "adw.toml:2: unknown key 'max_concurent' in [trigger] (did you mean 'max_concurrent'?)",
            "adw.toml:3: poll = \"200ms\": a save is noticed at once anyway, polling only catches"
                + " what the system does not tell (\"1s\" or more)",
            "adw.toml:4: settle = 3: expected a duration such as \"5s\", \"10m\" or \"24h\"",
            "adw.toml:5: layout = \"sideways\": expected one of auto, in-place",
            "adw.toml:6: max_concurrent = 0: expected 1 to 1000000",
            "adw.toml:7: unknown key 'workfow' (did you mean 'workflow'?)",
            "adw.toml:9: branch = \"work\": without {id} two runs would share a branch (try"
                + " \"task-{id}\")",
            "adw.toml:10: min_free = \"lots\": expected a size such as \"500MB\" or \"1GiB\"",
            "adw.toml:11: setup = [ \"a\", 1 ]: expected texts in quotes only");
  }

  @Test
  void aKeyThatStandsBelowNoSectionOrTheWrongOneIsSentWhereItBelongs() {
    assertThat(
            findings(
                """
                settle = "0s"
                [worktree]
                max_concurrent = 3
                """))
        .containsExactly(
            "adw.toml:1: unknown key 'settle' (it belongs below [trigger])",
            "adw.toml:3: unknown key 'max_concurrent' in [worktree] (it belongs below [trigger])");
  }

  @Test
  void whatIsNotBuiltIsRefusedAndNeverTakenInSilence() {
    assertThat(
            findings(
                """
                tasks = "tasks.toml"
                [agents.backend]
                queue = "backend"
                [town]
                name = "home"
                [review]
                land = true
                """))
        .containsExactly(
            "adw.toml:1: tasks = \"tasks.toml\": not built yet (name a Markdown file, or take it"
                + " out)",
            "adw.toml:3: queue = \"backend\": not built yet (take it out)",
            "adw.toml:4: town = { … }: not built yet (take it out)",
            "adw.toml:6: review = { … }: not built yet (take it out)");
  }

  @Test
  void aKeyOfOlderVersionsIsRefusedWithWhatToDo() {
    assertThat(findings("[worktree]\ncache = \"512MiB\"\n"))
        .containsExactly(
            "adw.toml:2: `cache` is gone: worktrees are made without a cache (remove the line)");
  }

  @Test
  void aFileThatIsNoTomlNamesItsLine() {
    assertThat(findings("[trigger]\npoll = 5s\n"))
        .singleElement()
        .asString()
        .startsWith("adw.toml:2: ");
  }

  @Test
  void aSectionThatIsAValueIsAnError() {
    assertThat(findings("trigger = 5\n"))
        .containsExactly("adw.toml:1: trigger = 5: expected a section or a table { … }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dir = ".git/refs"             | lies among git's own files (try "trees")
          dir = "a/../.GIT"             | lies among git's own files (try "trees")
          dir = "/x/.git/worktrees"     | lies among git's own files (try "trees")
          dir = ""                      | holds the repository itself (try "trees")
          dir = "a/.."                  | holds the repository itself (try "trees")
          dir = "../.."                 | holds the repository itself (try "trees")
          dir = "../{repo}"             | holds the repository itself (try "trees")
          branch = "../{id}"            | git takes no such name for a branch (try "task-{id}")
          branch = "-{id}"              | git takes no such name for a branch (try "task-{id}")
          branch = "{id}.lock"          | git takes no such name for a branch (try "task-{id}")
          branch = "my task {id}"       | git takes no such name for a branch (try "task-{id}")
          branch = "{user}/{id}"        | {user} stands for nothing (there are {id} {slug} {name})
          """)
  void aPlaceOrABranchThatCannotBeIsAnError(String setting, String fault) {
    assertThat(findings("[worktree]\n" + setting + "\n"))
        .containsExactly("adw.toml:2: " + setting + ": " + fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dir = \"../{repo}.trees\"",
        "dir = \"/srv/trees\"",
        "dir = \".trees\"",
        "branch = \"ada/{slug}-{id}\"",
        "branch = \"{name}@{id}\""
      })
  void aPlaceOrABranchThatCanBeIsTaken(String setting) {
    assertThat(findings("[worktree]\n" + setting + "\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          webhook = "file:///etc/passwd" | expected an address such as "https://host/path"
          webhook = "ftp://host/x"       | expected an address such as "https://host/path"
          webhook = "https:/host"        | expected an address such as "https://host/path"
          webhook = "host/path"          | expected an address such as "https://host/path"
          """)
  void aWebhookIsAnAddressOfTheWeb(String setting, String fault) {
    assertThat(findings("[notify]\n" + setting + "\n"))
        .containsExactly("adw.toml:2: " + setting + ": " + fault);
    assertThat(findings("[notify]\nwebhook = \"https://host:8443/a?b=c\"\n")).isEmpty();
  }

  @Test
  void wordsThatNoProgramKnowsAreErrors() {
    assertThat(
            findings(
                """
                [notify]
                command = [" "]
                [agents.mine]
                argv = [""]
                output = "xml"
                prompt = "mail"
                preset = "later"
                env = { "A=B" = "x" }
                [agents.later]
                preset = "mine"
                """))
        .containsExactly(
            "adw.toml:2: command = [ \" \" ]: the first word names no program",
            "adw.toml:4: argv = [ \"\" ]: the first word names no program",
            "adw.toml:5: output = \"xml\": expected one of claude-stream-json, codex-jsonl,"
                + " gemini-stream-json, opencode-json, pi-json, text",
            "adw.toml:6: prompt = \"mail\": expected one of stdin, arg, file",
            "adw.toml:7: preset = \"later\": expected one of claude, codex, gemini, opencode, pi,"
                + " qwen, auggie",
            "adw.toml:8: A=B = \"x\": no variable has such a name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tasks = \"a\\u0000.md\"",
        "worktree.dir = \"a\\u0000\"",
        "worktree.branch = \"{id}\\u0000\"",
        "worktree.setup = [\"true\", \"a\\u0000\"]",
        "workflow.verify = [\"\\u0000\"]",
        "agents.a.env.\"A\\u0000\" = \"x\"",
        "agents.a.env.A = \"\\u0000\"",
        "models.opus = \"o\\u0000\"",
        "notify.webhook = \"https://host/\\u0000\""
      })
  void aNulIsAnErrorWhereverItStands(String setting) {
    assertThat(findings(setting + "\n"))
        .singleElement()
        .asString()
        .startsWith("adw.toml:1: ")
        .endsWith(": a text with a NUL character names nothing (take \\u0000 out)");
  }

  @Test
  void aTaskFileAmongGitsFilesIsAnError() {
    assertThat(findings("tasks = \".git/config\"\n"))
        .containsExactly(
            "adw.toml:1: tasks = \".git/config\": lies among git's own files (try \"tasks.md\")");
  }

  @Test
  void aFileThatBeginsWithAByteOrderMarkIsRead(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("adw.toml"), "\uFEFF[trigger]\nsettle = \"7s\"\n");

    assertThat(SettingsFile.read(file).settle()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void bytesThatAreNotUtf8AreRefused(@TempDir Path folder) throws IOException {
    var file = Files.write(folder.resolve("adw.toml"), new byte[] {'a', (byte) 0xff});

    assertThatThrownBy(() -> SettingsFile.read(file))
        .hasMessage("adw.toml: not UTF-8 (save it as UTF-8)");
  }

  @Test
  void architectureListsEveryKeyWithItsDefault() throws IOException {
    assertThat(keysInCode()).isEqualTo(keysInPage());
  }

  private static List<String> findings(String text) {
    try {
      SettingsFile.parse("adw.toml", text);
      return List.of();
    } catch (CliException e) {
      assertThat(e.code).isEqualTo(ExitCode.BAD_INPUT);
      return e.messages;
    }
  }

  private static Map<String, String> keysInCode() {
    return new TreeMap<>(SettingsFile.defaults());
  }

  /// The table's rows: `[section] key = value key = value # words`.
  private static Map<String, String> keysInPage() throws IOException {
    var page = Files.readString(Path.of("ARCHITECTURE.md"));
    var table = page.substring(page.indexOf("## adw.toml"));
    table = table.substring(0, table.indexOf("`branch` may use"));
    var keys = new TreeMap<String, String>();
    var row = Pattern.compile("(?m)^ {4}(?:\\[(\\w+)])? *((?:\\w+ = (?:\"[^\"]*\"|\\[]|\\w+) *)+)");
    var pair = Pattern.compile("(\\w+) = (\"[^\"]*\"|\\[]|\\w+)");
    for (var match : row.matcher(table).results().toList()) {
      var section = match.group(1) == null ? "" : match.group(1) + ".";
      pair.matcher(match.group(2))
          .results()
          .forEach(found -> keys.put(section + found.group(1), found.group(2)));
    }
    return keys;
  }
}
