package adw.notify;

import static org.assertj.core.api.Assertions.assertThat;

import adw.cli.AdwProgram;
import adw.json.Json;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `[notify]`: who is not looking is told, and nothing waits for that.
class NotifierTest {
  private static final String LOOP =
      "[trigger]\nsettle = \"0s\"\n[worktree]\nfetch = false\nmin_free = \"1MB\"\n[notify]\n";
  private static final String TASKS =
      "[] `echo $(touch oops) > a` #sh\n[⏰] ship #approve\n[] `false` #sh\n";

  @TempDir Path temp;

  @Test
  void aCommandIsToldWhatEndedWhoIsNeededAndThatAllIsDone() throws Exception {
    var told = temp.resolve("told");
    var program = repository("command = [\"./tell.sh\", \"" + told + "\"]\n");
    script(program, "tell.sh", "cat >> \"$1\"; echo \"$ADW_NEWS_STATE\" >> \"$1.states\"\n");

    var ended = program.run("run", "--until-idle");

    assertThat(ended.err()).isEmpty();
    var news = Files.readAllLines(told).stream().map(Json::parseObject).toList();
    assertThat(news.stream().map(one -> one.text("event")))
        .containsExactlyInAnyOrder("ended", "ended", "needs-you", "idle");
    assertThat(news.stream().map(one -> one.text("text")))
        .contains(
            "adw: failed: `false` #sh (exit code 1)", "adw: needs-you: ship #approve (approve?)")
        .last()
        .isEqualTo("adw: nothing runs any more (tasks.md: 1 needs you, 1 done, 1 failed)");
    assertThat(news).allMatch(one -> one.text("repository").equals(program.folder().toString()));
    assertThat(Files.readAllLines(Path.of(told + ".states")))
        .containsExactlyInAnyOrder("done", "failed", "needs-you", "");
    assertThat(program.folder().resolve("oops")).doesNotExist();
  }

  @Test
  void oneThatFailsIsSaidOnceAndHoldsUpNothing() throws Exception {
    var program = repository("command = [\"false\"]\n");

    var ended = program.run("run", "--until-idle");

    assertThat(ended.code()).isZero();
    assertThat(ended.err())
        .isEqualTo("adw: notify: false: exit code 1 (mend [notify] in adw.toml)\n");
    assertThat(ended.out()).contains("1 needs you, 1 done, 1 failed");
  }

  @Test
  void oneThatHangsIsLeftBehind() throws Exception {
    var program = repository("command = [\"sleep\", \"600\"]\n");

    var began = System.nanoTime();
    program.run("run", "--until-idle");

    assertThat((System.nanoTime() - began) / 1_000_000_000).isLessThan(300);
  }

  /// One of the two that fails keeps nothing from the other.
  @Test
  void aWebAddressGetsTheSameAsJson() throws Exception {
    var bodies = new CopyOnWriteArrayList<String>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      var port = server.getAddress().getPort();
      var program =
          repository("command = [\"false\"]\nwebhook = \"http://127.0.0.1:" + port + "/hook\"\n");
      assertThat(program.run("run", "--until-idle").err()).contains("notify: false");
    } finally {
      server.stop(0);
    }
    assertThat(bodies).hasSize(4);
    assertThat(Json.parseObject(bodies.getLast()).text("event")).isEqualTo("idle");
  }

  @Test
  void doctorSaysWhatIsMissing() throws Exception {
    var program = repository("command = [\"no-such-program\"]\n");

    assertThat(program.run("doctor").out()).contains("no-such-program is no program on the PATH");
  }

  private AdwProgram repository(String notify) throws Exception {
    var folder = Files.createDirectories(temp.resolve("repo")).toRealPath();
    return AdwProgram.in(folder)
        .repository()
        .write(".git/info/exclude", "/tasks.md\n/adw.toml\n/trees/\n/tell.sh\n")
        .write("adw.toml", LOOP + notify)
        .write("tasks.md", TASKS);
  }

  private static void script(AdwProgram program, String name, String text) throws Exception {
    program.write(name, "#!/bin/sh\n" + text);
    program.exec("chmod", "+x", name);
  }
}
