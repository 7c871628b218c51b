package adw.os.process;

import static adw.os.process.TestChildren.ENVIRONMENT;
import static adw.os.process.TestChildren.LIMIT;
import static adw.os.process.TestChildren.sh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
  @TempDir private Path folder;

  @Test
  void aFileWithoutAFirstLineThatNamesItsProgramIsAScriptOfTheShell() throws Exception {
    var script = Files.writeString(folder.resolve("script"), "echo $1\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();

    var finished = new Command(List.of("./script", "hi"), folder, ENVIRONMENT, LIMIT).run();

    assertThat(finished.outText()).isEqualTo("hi\n");
  }

  @Test
  void whyAProgramCannotBeStartedIsSaid() {
    var absent = folder.resolve("absent");

    assertThatThrownBy(new Command(List.of("true"), absent, ENVIRONMENT, LIMIT)::run)
        .hasMessage(absent + ": no such folder");
    assertThatThrownBy(new Command(List.of("/no/such"), folder, ENVIRONMENT, LIMIT)::run)
        .hasMessage("/no/such: no such file or folder");
    assertThatThrownBy(new Command(List.of("no-such"), folder, ENVIRONMENT, LIMIT)::run)
        .hasMessage("no-such: not found on the PATH");
  }

  @Test
  void noDescriptorOfOursReachesAChildAndNoneStaysBehind() throws Exception {
    var fds = Path.of("/proc/self/fd");
    assumeTrue(Files.exists(fds));
    sh(folder, "true").run();
    var before = fds.toFile().list();

    var seen = sh(folder, "ls /proc/self/fd").run().outText();
    for (var i = 0; i < 20; i++) {
      new Command(List.of("cat"), folder, ENVIRONMENT, LIMIT, new byte[100_000]).run();
    }

    assertThat(seen.lines()).contains("0", "1", "2").hasSizeLessThanOrEqualTo(4); // ls's own
    Awaitility.await().until(() -> fds.toFile().list().length <= before.length);
  }

  @Test
  void aCommandGivesItsExitCodeAndBothStreams() throws Exception {
    var finished = sh(folder, "echo out; echo err >&2; exit 3").run();

    assertThat(finished.status()).isEqualTo(new ExitStatus.Exited(3));
    assertThat(finished.outText()).isEqualTo("out\n");
    assertThat(finished.errText()).isEqualTo("err\n");
    assertThat(finished.succeeded()).isFalse();
  }

  @Test
  void theEnvironmentIsExactlyWhatIsGiven() throws Exception {
    var finished =
        new Command(List.of("/usr/bin/env"), folder, Map.of("ONLY", "this"), LIMIT).run();

    assertThat(finished.outText()).isEqualTo("ONLY=this\n");
  }

  @Test
  void textBeyondAsciiArrivesByteForByte() throws Exception {
    var argv = List.of("printf", "%s|", "✅ ok", "Müller $(x) 'q'", "-");
    var environment = Map.of("PATH", System.getenv("PATH"), "TASK", "⏰ später\n");

    assertThat(new Command(argv, folder, environment, LIMIT).run().outText())
        .isEqualTo("✅ ok|Müller $(x) 'q'|-|");
    assertThat(new Command(List.of("env"), folder, environment, LIMIT).run().outText())
        .contains("TASK=⏰ später\n\n".strip());
  }

  @Test
  void withoutInputTheInputIsEmpty() throws Exception {
    assertThat(sh(folder, "wc -c").run().outText().strip()).isEqualTo("0");
  }

  @Test
  void muchInputAndMuchOutputOnBothStreamsDoNotBlockEachOther() throws Exception {
    var input = "0123456789abcde\n".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    var argv = List.of("sh", "-c", "tee /dev/stderr");

    var finished = new Command(argv, folder, ENVIRONMENT, LIMIT, input).run();

    assertThat(finished.out()).isEqualTo(input);
    assertThat(finished.err()).isEqualTo(input);
  }

  @Test
  void aCommandThatDoesNotReadItsInputEndsAllTheSame() throws Exception {
    var input = new byte[1 << 20];

    var finished = new Command(List.of("true"), folder, ENVIRONMENT, LIMIT, input).run();

    assertThat(finished.succeeded()).isTrue();
  }

  @Test
  void ofEndlessOutputHeadAndTailAreKept() throws Exception {
    var script = "echo first; head -c 100000000 /dev/zero; echo; printf last";

    var finished = sh(folder, script).run();

    assertThat(finished.out()).hasSize(StreamCapture.HEAD + StreamCapture.TAIL);
    assertThat(finished.outText()).startsWith("first\n").endsWith("\nlast");
    assertThat(finished.omitted())
        .isEqualTo(100_000_011L - StreamCapture.HEAD - StreamCapture.TAIL);
  }

  @Test
  void ofEndlessOutputInFilesHeadAndTailAreRead() throws Exception {
    sh(folder, "echo first > out; head -c 100000000 /dev/zero >> out; echo last >> out").run();

    var read =
        CommandResult.read(
            new ExitStatus.Exited(0), folder.resolve("out"), folder.resolve("nowhere"));

    assertThat(read.out()).hasSize(StreamCapture.HEAD + StreamCapture.TAIL);
    assertThat(read.outText()).startsWith("first\n").endsWith("last\n");
    assertThat(read.err()).isEmpty();
    assertThat(read.omitted()).isEqualTo(100_000_011L - StreamCapture.HEAD - StreamCapture.TAIL);
  }

  @Test
  void theLimitEndsTheWholeTree() throws Exception {
    var script = "trap '' TERM; sleep 300 & echo $! >child; echo $$ >parent; wait; sleep 300";
    var command =
        new Command(List.of("sh", "-c", script), folder, ENVIRONMENT, Duration.ofMillis(400));

    var finished = command.run();

    assertThat(finished.status()).isEqualTo(new ExitStatus.TimedOut(Duration.ofMillis(400)));
    assertThat(ProcessIdentity.of(pid("child"))).isEmpty();
    assertThat(ProcessIdentity.of(pid("parent"))).isEmpty();
  }

  @Test
  void anInterruptEndsTheWholeTree() throws Exception {
    var command = sh(folder, "sleep 300 & echo $! >child; wait");
    var thread = Thread.startVirtualThread(() -> runToTheInterrupt(command));
    Awaitility.await().until(() -> Files.exists(folder.resolve("child")) && pid("child") > 0);

    thread.interrupt();
    thread.join();

    assertThat(ProcessIdentity.of(pid("child"))).isEmpty();
  }

  @Test
  void aGrandchildThatKeepsTheOutputOpenDoesNotHoldUpTheResult() throws Exception {
    var finished = sh(folder, "sleep 300 & echo $! >child; echo done").run();

    assertThat(finished.outText()).isEqualTo("done\n");
    ProcessTree.of(pid("child")).kill();
  }

  @Test
  void aProgramThatIsNotThereIsAnError() {
    var command = new Command(List.of("/no/such/program"), folder, ENVIRONMENT, LIMIT);

    assertThatThrownBy(command::run).isInstanceOf(IOException.class);
  }

  @Test
  void aChildsOutputCanBeReadWhileItRuns() throws Exception {
    var command = sh(folder, "echo one; read line; echo oops >&2; exit 5");
    try (var child = command.start()) {
      assertThat(new String(child.out().readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("one\n");
      assertThat(child.await(LIMIT)).contains(new ExitStatus.Exited(5));
      assertThat(child.err()).asString().isEqualTo("oops\n");
    }
  }

  @Test
  void underCronWithoutALocaleTextBeyondAsciiStillArrives() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    var classes = System.getProperty("java.class.path");
    var argv =
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classes,
            Cron.class.getName(),
            folder.toString());
    var environment = Map.of("PATH", System.getenv("PATH"), "LC_ALL", "C");

    var finished = new Command(argv, folder, environment, LIMIT).run();

    assertThat(finished.outText()).isEqualTo("ok");
    assertThat(folder.resolve("p/stdout.log")).hasContent("✅ Müller⏰ später");
  }

  static final class Cron {
    private Cron() {}

    public static void main(String[] args) throws Exception {
      var folder = Path.of(args[0]);
      var argv = List.of("sh", "-c", "printf %s \"$0$TASK\"", "✅ Müller");
      var environment = Map.of("PATH", System.getenv("PATH"), "TASK", "⏰ später");
      var job = new Supervisor.Job(argv, folder, environment, Path.of("/dev/null"));
      Supervisor.start(folder.resolve("p"), job).ended().get();
      var said = new Command(argv, folder, environment, LIMIT).run().outText();
      System.out.print(said.equals("✅ Müller⏰ später") ? "ok" : "wrong");
    }
  }

  @Test
  void whatTheLocaleCannotSpellIsSpelledInOctal() throws Exception {
    var script =
        ProcessStart.escaped(List.of("printf", "%s", "-✅ $(id) 'x' %d \\ \n"), Map.of("T", "ä"));

    assertThat(script.chars()).allMatch(c -> c < 0x80);
    assertThat(sh(folder, script.replace("exec", "exec env")).run().outText())
        .isEqualTo("-✅ $(id) 'x' %d \\ \n");
  }

  private void runToTheInterrupt(Command command) {
    try {
      command.run();
    } catch (IOException | InterruptedException expected) {
      Thread.currentThread().interrupt();
    }
  }

  private long pid(String file) throws IOException {
    var text = Files.readString(folder.resolve(file)).strip();
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }
}
