package adw.mcp;

import adw.run.Json;
import adw.run.RunException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/// Speaks the Model Context Protocol: one JSON-RPC message a line, requests on one stream, answers
/// on the other, until the client closes its end.
public final class Server {
  /// Answered to clients that ask for a version we do not know.
  private static final String LATEST = "2025-06-18";

  private static final List<String> VERSIONS = List.of(LATEST, "2025-03-26", "2024-11-05");
  private static final int NO_JSON = -32700;
  private static final int NO_METHOD = -32601;
  private static final int BAD_PARAMETERS = -32602;

  private final String version;
  private final List<Tool> tools;

  /// @param version of the program, as clients show it
  public Server(String version, List<Tool> tools) {
    this.version = version;
    this.tools = List.copyOf(tools);
  }

  public void serve(BufferedReader in, PrintStream out) throws IOException, InterruptedException {
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      if (!line.isBlank()) {
        answer(line)
            .ifPresent(reply -> {
              out.print(reply.write() + "\n");
              out.flush();
            });
      }
    }
  }

  /// Notifications have no id and get no answer.
  private Optional<Json.Obj> answer(String line) throws IOException, InterruptedException {
    Json.Obj request;
    try {
      request = Json.parseObject(line);
    } catch (RunException e) {
      return Optional.of(error(new Json.Null(), NO_JSON, "not a JSON object: " + e.getMessage()));
    }
    var id = request.find("id");
    if (id.isEmpty()) {
      return Optional.empty();
    }
    var parameters = request.findObject("params").orElse(Json.Obj.empty());
    return Optional.of(
        switch (request.findText("method").orElse("")) {
          case "initialize" -> result(id.get(), greeting(parameters));
          case "ping" -> result(id.get(), Json.Obj.empty());
          case "tools/list" ->
              result(
                  id.get(),
                  Json.Obj.empty()
                      .with("tools", new Json.Arr(tools.stream().map(Tool::toJson).toList())));
          case "tools/call" -> call(id.get(), parameters);
          default -> error(id.get(), NO_METHOD, "no such method");
        });
  }

  private Json.Obj greeting(Json.Obj parameters) {
    var wanted = parameters.findText("protocolVersion").filter(VERSIONS::contains);
    return Json.Obj.empty()
        .with("protocolVersion", wanted.orElse(LATEST))
        .with("capabilities", Json.Obj.empty().with("tools", Json.Obj.empty()))
        .with("serverInfo", Json.Obj.empty().with("name", "adw").with("version", version));
  }

  /// What goes wrong inside a tool is for the model to read, not a fault of the protocol.
  private Json.Obj call(Json id, Json.Obj parameters) throws IOException, InterruptedException {
    var name = parameters.findText("name").orElse("");
    var tool = tools.stream().filter(known -> known.name().equals(name)).findFirst();
    if (tool.isEmpty()) {
      return error(id, BAD_PARAMETERS, "no tool '" + name + "'");
    }
    var arguments = parameters.findObject("arguments").orElse(Json.Obj.empty());
    for (var wanted : tool.get().parameters().texts("required")) {
      if (arguments.findText(wanted).isEmpty()) {
        return error(id, BAD_PARAMETERS, name + ": '" + wanted + "' is missing");
      }
    }
    var said = tool.get().action().call(arguments);
    var content = Json.Obj.empty().with("type", "text").with("text", said.text());
    return result(
        id,
        Json.Obj.empty()
            .with("content", new Json.Arr(List.of(content)))
            .with("isError", said.isError()));
  }

  private static Json.Obj result(Json id, Json.Obj result) {
    return Json.Obj.empty().with("jsonrpc", "2.0").with("id", id).with("result", result);
  }

  private static Json.Obj error(Json id, int code, String message) {
    var error = Json.Obj.empty().with("code", code).with("message", message);
    return Json.Obj.empty().with("jsonrpc", "2.0").with("id", id).with("error", error);
  }
}
