package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adw.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class McpTest {
  @TempDir Path temp;

  @Test
  void anAgentAddsATaskAndSeesIt() throws Exception {
    var replies =
        serve(
            """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05"}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":"two","method":"tools/list"}
            {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"add","arguments":{"text":"--odd #sh"}}}
            {"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"list","arguments":{}}}
            """);

    assertThat(replies).hasSize(4);
    assertThat(replies.get(0)).contains("\"protocolVersion\":\"2024-11-05\"");
    assertThat(replies.get(1)).contains("\"id\":\"two\"", "flow_verify", "inputSchema");
    assertThat(replies.get(2)).contains("added tasks.md:3", "\"isError\":false");
    assertThat(replies.get(3)).contains("--odd");
  }

  @Test
  void mistakesAreAnsweredAndTheNextRequestIsServed() throws Exception {
    var replies =
        serve(
            """
            not json
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"rm"}}
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"show","arguments":{}}}
            {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"show","arguments":{"id":"ffff"}}}
            {"jsonrpc":"2.0","id":4,"method":"ping"}
            """);

    assertThat(replies.get(0)).contains("-32700");
    assertThat(replies.get(1)).contains("no tool 'rm'");
    assertThat(replies.get(2)).contains("'id' is missing", "-32602");
    assertThat(replies.get(3)).contains("\"isError\":true", "no run or task");
    assertThat(Json.parseObject(replies.get(4)).findObject("result")).contains(Json.Obj.empty());
  }

  @Test
  void aFlowThatWorksForLongCanBeCancelledAndGetsNoAnswer() throws Exception {
    AdwProgram.in(Files.createDirectories(temp.resolve("repo")))
        .write(
            "adws/slow.json",
            "{\"name\":\"slow\",\"phases\":[{\"id\":\"nap\",\"type\":\"script\",\"script\":[\"sleep\",\"100\"]}]}");
    var replies =
        serve(
            """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2099-01-01"}}
            {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"flow_run","arguments":{"name":"slow"}}}
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"add","arguments":{"text":"a","txet":"b"}}}
            {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}
            """);

    assertThat(replies).hasSize(2);
    assertThat(replies.get(0)).contains("\"protocolVersion\":\"2025-11-25\"");
    assertThat(replies.get(1)).contains("-32602", "no argument 'txet'");
  }

  private List<String> serve(String requests) throws Exception {
    var program = AdwProgram.in(Files.createDirectories(temp.resolve("repo"))).repository();
    program.write("tasks.md", "# Work\n\n");
    return program.inTerminal(80, requests).run("mcp").out().lines().toList();
  }
}
