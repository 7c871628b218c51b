package adw.cli.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import adw.agent.program.AgentsFromNpm;
import adw.cli.AdwProgram;
import adw.cli.project.SelfCommand;
import adw.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `adw mcp` as real clients use it: the official SDK, and Claude Code.
@Tag("agents")
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class McpClientTest {
  private static final String SDK = "@modelcontextprotocol/sdk@1";

  @TempDir Path temp;

  @Test
  void theOfficialSdkDoesEverythingAnAgentWould() throws Exception {
    var client = sdk();
    var program =
        AdwProgram.in(Files.createDirectories(temp.resolve("repo")))
            .repository()
            .write("tasks.md", "# Work\n\n")
            .write(
                "adws/hello.json",
                """
                {"name": "hello", "args": {"who": {}}, "phases": [
                  {"id": "say", "type": "script", "script": ["echo", "hello {args.who}"]}]}
                """)
            .write(
                "adws/slow.json",
                """
                {"name": "slow", "phases": [{"id": "nap", "type": "script", "script": ["sleep", "200"]}]}
                """);
    var argv = new ArrayList<>(List.of("node", client.toString()));
    argv.addAll(SelfCommand.argv("mcp"));

    var printed = program.exec(argv.toArray(String[]::new));

    var got = Json.parseObject(printed.lines().reduce("", (_, last) -> last));
    assertThat(got.text("server")).isEqualTo("adw");
    assertThat(got.texts("tools"))
        .contains("add", "list", "show", "status", "flow_run", "flow_verify");
    assertThat(program.read("tasks.md")).contains("[] from an agent #sh");
    assertThat(got.findObject("list").orElseThrow().findObject("structured")).isPresent();
    assertThat(got.findObject("bad").orElseThrow().text("message")).contains("'id' is missing");
    assertThat(got.findObject("unknown").orElseThrow().text("message")).contains("urgent");
    assertThat(got.findObject("missing").orElseThrow().isTrue("isError")).isTrue();
    assertThat(got.findObject("run").orElseThrow().text("text")).contains("hello you");
    assertThat(got.findObject("meanwhile").orElseThrow().text("text")).contains("maxConcurrent");
    assertThat(got.findObject("slow").orElseThrow().text("message")).contains("enough");
    await()
        .until(() ->
            program
                .run("flow", "runs")
                .out()
                .lines()
                .anyMatch(line -> line.matches(".*slow.*(paused|interrupted)")));
  }

  @Test
  void claudeCodeConnectsAndSeesTheTools() throws Exception {
    var server = SelfCommand.argv("mcp");
    var config =
        Json.Obj.empty()
            .with(
                "mcpServers",
                Json.Obj.empty()
                    .with(
                        "adw",
                        Json.Obj.empty()
                            .with("command", server.getFirst())
                            .with("args", Json.Arr.ofTexts(server.subList(1, server.size())))));
    var program =
        AdwProgram.in(Files.createDirectories(temp.resolve("repo")))
            .with("PATH", AgentsFromNpm.path("claude"))
            .with("CLAUDE_CONFIG_DIR", Files.createDirectories(temp.resolve("config")).toString())
            .with("ANTHROPIC_BASE_URL", "http://127.0.0.1:1")
            .with("ANTHROPIC_API_KEY", "sk-test")
            .with("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1")
            .with("CLAUDE_CODE_MAX_RETRIES", "0")
            .repository()
            .write("tasks.md", "# Work\n\n")
            .write("mcp.json", config.write());

    var said =
        program.exec(
            "sh",
            "-c",
            "echo hi | claude -p --output-format stream-json --verbose --mcp-config mcp.json ||"
                + " true");

    assertThat(said).contains("\"name\":\"adw\",\"status\":\"connected\"", "mcp__adw__flow_verify");
  }

  private static Path sdk() throws Exception {
    var folder = Path.of("target/mcp-client").toAbsolutePath();
    if (!Files.isDirectory(folder.resolve("node_modules/@modelcontextprotocol/sdk"))) {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("package.json"), "{\"private\":true}\n");
      var npm =
          new ProcessBuilder(
                  "npm", "install", "--prefix", folder.toString(), "--no-audit", "--no-fund", SDK)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("npm.log").toFile())
              .start();
      if (!npm.waitFor(3, TimeUnit.MINUTES) || npm.exitValue() != 0) {
        npm.destroyForcibly();
        abort("the MCP SDK could not be installed from npm: NOT TESTED (" + folder + "/npm.log)");
      }
    }
    try (var script = McpClientTest.class.getResourceAsStream("/adw/mcp/client.mjs")) {
      Files.write(folder.resolve("client.mjs"), script.readAllBytes());
    }
    return folder.resolve("client.mjs");
  }
}
