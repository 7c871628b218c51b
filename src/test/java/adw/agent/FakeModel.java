package adw.agent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.awaitility.Awaitility;

/// The scripted model server, on a port of its own.
public final class FakeModel implements AutoCloseable {
  private final Process process;
  private final int port;

  private FakeModel(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Where the server's script is: the system property `e2e`, else beside the repository.
  public static Optional<Path> findScript() {
    var folder = Path.of(System.getProperty("e2e", "../shared/e2e"));
    return Optional.of(folder.resolve("fake-model.mjs").toAbsolutePath().normalize())
        .filter(Files::isRegularFile);
  }

  public static FakeModel start(Path script, Path folder) throws IOException {
    var portFile = folder.resolve("port");
    var process =
        new ProcessBuilder(
                "node", script.toString(), "--port", "0", "--port-file", portFile.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("model.log").toFile())
            .start();
    Awaitility.await().until(() -> Files.exists(portFile) && Files.size(portFile) > 0);
    return new FakeModel(process, Integer.parseInt(Files.readString(portFile).strip()));
  }

  public String url(String scope) {
    return "http://127.0.0.1:" + port + "/s/" + scope;
  }

  /// What was asked of it, as JSON.
  public String log(String scope) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + port + "/_log?scope=" + scope);
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
