package adw.mcp;

import adw.json.Json;
import adw.json.JsonException;
import adw.os.ProblemWords;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Speaks the Model Context Protocol: one JSON-RPC message a line, requests on one stream, answers
/// on the other, until the client closes its end. Requests are answered in their order, except for
/// tools that work for long: they are answered when they are done.
public final class McpServer {
  /// Answered to clients that ask for a version we do not know.
  private static final String LATEST = "2025-11-25";

  private static final List<String> VERSIONS =
      List.of(LATEST, "2025-06-18", "2025-03-26", "2024-11-05");

  private static final int NO_JSON = -32700;
  private static final int NO_REQUEST = -32600;
  private static final int NO_METHOD = -32601;
  private static final int BAD_PARAMETERS = -32602;
  private static final int BROKEN = -32603;

  /// What still works when the client has gone may come to its end, but not for hours.
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final String version;
  private final List<McpTool> tools;
  private final PrintStream out;
  private final Map<Json, Thread> working = new ConcurrentHashMap<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /// @param version of the program, as clients show it
  public McpServer(String version, List<McpTool> tools, PrintStream out) {
    this.version = version;
    this.tools = List.copyOf(tools);
    this.out = out;
  }

  public void serve(BufferedReader in) throws IOException, InterruptedException {
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      if (!line.isBlank()) {
        take(line);
      }
    }
    for (var thread : threads) {
      thread.join(GRACE);
      thread.interrupt();
      thread.join();
    }
  }

  private synchronized void send(Json.Obj reply) {
    out.print(reply.write() + "\n");
    out.flush();
  }

  private void take(String line) throws IOException, InterruptedException {
    Json.Obj request;
    try {
      request = Json.parseObject(line);
    } catch (JsonException e) {
      send(error(new Json.Null(), NO_JSON, "not a JSON object: " + e.getMessage()));
      return;
    }
    var id = request.find("id");
    if (id.isEmpty()) {
      notified(request);
    } else if (request.findText("method").isPresent()) {
      answer(id.get(), request);
    } else if (request.find("result").isEmpty() && request.find("error").isEmpty()) {
      send(error(id.get(), NO_REQUEST, "no method"));
    }
  }

  /// Notifications get no answer. What was cancelled gets none either.
  private void notified(Json.Obj notification) {
    if (notification.findText("method").filter("notifications/cancelled"::equals).isPresent()) {
      notification
          .findObject("params")
          .flatMap(parameters -> parameters.find("requestId"))
          .flatMap(id -> Optional.ofNullable(working.remove(id)))
          .ifPresent(Thread::interrupt);
    }
  }

  private void answer(Json id, Json.Obj request) throws IOException, InterruptedException {
    var parameters = request.findObject("params").orElse(Json.Obj.empty());
    switch (request.text("method")) {
      case "initialize" -> send(result(id, greeting(parameters)));
      case "ping" -> send(result(id, Json.Obj.empty()));
      case "tools/list" ->
          send(
              result(
                  id,
                  Json.Obj.empty()
                      .with("tools", new Json.Arr(tools.stream().map(McpTool::toJson).toList()))));
      case "tools/call" -> call(id, parameters);
      case String other -> send(error(id, NO_METHOD, "no method '" + other + "'"));
    }
  }

  private Json.Obj greeting(Json.Obj parameters) {
    var wanted = parameters.findText("protocolVersion").filter(VERSIONS::contains);
    return Json.Obj.empty()
        .with("protocolVersion", wanted.orElse(LATEST))
        .with("capabilities", Json.Obj.empty().with("tools", Json.Obj.empty()))
        .with("serverInfo", Json.Obj.empty().with("name", "adw").with("version", version));
  }

  private void call(Json id, Json.Obj parameters) throws IOException, InterruptedException {
    var name = parameters.findText("name").orElse("");
    var tool = tools.stream().filter(known -> known.name().equals(name)).findFirst();
    if (tool.isEmpty()) {
      send(error(id, BAD_PARAMETERS, "no tool '" + name + "'"));
      return;
    }
    var arguments = parameters.findObject("arguments").orElse(Json.Obj.empty());
    var fault = tool.get().findFault(arguments);
    if (fault.isPresent()) {
      send(error(id, BAD_PARAMETERS, fault.get()));
    } else if (tool.get().kind() == McpTool.Kind.WORKS) {
      var thread = Thread.ofPlatform().unstarted(() -> work(id, tool.get(), arguments));
      working.put(id, thread);
      threads.add(thread);
      thread.start();
    } else {
      send(result(id, tool.get().action().call(arguments).toJson()));
    }
  }

  private void work(Json id, McpTool tool, Json.Obj arguments) {
    var reply = error(id, BROKEN, tool.name() + ": ended without an answer");
    try {
      reply = result(id, tool.action().call(arguments).toJson());
    } catch (IOException e) {
      reply = error(id, BROKEN, tool.name() + ": " + ProblemWords.of(e));
    } catch (InterruptedException e) {
      reply = error(id, BROKEN, tool.name() + ": cancelled");
    } finally {
      threads.remove(Thread.currentThread());
      if (working.remove(id) != null) {
        send(reply);
      }
    }
  }

  private static Json.Obj result(Json id, Json.Obj result) {
    return Json.Obj.empty().with("jsonrpc", "2.0").with("id", id).with("result", result);
  }

  private static Json.Obj error(Json id, int code, String message) {
    var error = Json.Obj.empty().with("code", code).with("message", message);
    return Json.Obj.empty().with("jsonrpc", "2.0").with("id", id).with("error", error);
  }
}
