package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adw.cli.console.CommandCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `./adw` in a checkout with a JDK and a Maven that only write down that they were called.
class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      for word in "$@"; do
        case $word in -XX:AOTCacheOutput=*) echo cache > "${word#*=}"; echo trained >> "$LOG"; exit 0 ;; esac
      done
      echo "ran: $*"
      echo "locale: $LC_ALL"
      """;
  private static final String MAVEN =
      """
      #!/bin/sh
      echo built >> "$LOG"
      [ ! -e "${0%/*}/broken" ] || { echo "[ERROR] Main.java:[1,1] no"; exit 1; }
      sleep 0.2
      mkdir -p "${0%/*}/target" && echo jar > "${0%/*}/target/adw.jar"
      """;

  private record Ended(int code, String out, String err) {}

  @TempDir Path temp;
  private Path root;
  private Path log;

  @BeforeEach
  void makeCheckout() throws IOException {
    root = Files.createDirectories(temp.resolve("check out"));
    log = Files.createFile(temp.resolve("log"));
    Files.createDirectories(root.resolve(".mvn"));
    for (var file :
        List.of("adw", ".mvn/environment.sh", ".mvn/jdk.sh", ".mvn/jvm.sh", ".mvn/launch.sh")) {
      Files.copy(Path.of(file), root.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    executable(root.resolve("mvnw"), MAVEN);
    write(root.resolve("pom.xml"), "");
    write(root.resolve("src/main/java/Main.java"), "");
    var jdk = temp.resolve("jdk");
    executable(jdk.resolve("bin/java"), JAVA);
    executable(jdk.resolve("bin/javac"), "");
    write(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
  }

  @Test
  void theFirstStartBuildsAndLaterOnesOnlyRun() throws Exception {
    var first = adw("status");
    var second = adw("status");

    assertThat(first.err())
        .isEqualTo(
            """
            adw: building (first start; later ones take no time)
            adw: making the start-up caches
            """);
    assertThat(first.out()).contains("quick.aot", "adw.cli.Main status");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(log).hasContent("built\ntrained\ntrained\n");
  }

  @Test
  void eightStartsAtOnceBuildOnce() throws Exception {
    var started = new ArrayList<Process>();
    for (var i = 0; i < 8; i++) {
      started.add(start(Map.of(), "run"));
    }
    for (var process : started) {
      process.getErrorStream().readAllBytes();
      assertThat(process.waitFor()).isZero();
    }

    assertThat(log).hasContent("built\ntrained\ntrained\n");
  }

  @Test
  void aNewerSourceOrAnotherJvmIsNoticed() throws Exception {
    adw("status");
    touch(root.resolve("src/main/java/Main.java"));
    assertThat(adw("status").err()).startsWith("adw: building (sources changed)\n");

    write(temp.resolve("jdk/release"), "JAVA_VERSION=\"25.0.4\"\n");
    assertThat(adw("status").err()).isEqualTo("adw: making the start-up caches\n");
    assertThat(adw("status").err()).isEmpty();
  }

  @Test
  void aJarIsOnlyRunWithTheCachesThatWereMadeOfIt() throws Exception {
    assertThat(adw("status").out()).contains("launch/1/quick.aot", "launch/1/adw.jar");
    for (var build = 2; build <= 4; build++) {
      touch(root.resolve("src/main/java/Main.java"));
      assertThat(adw("status").out())
          .contains("launch/" + build + "/quick.aot", "launch/" + build + "/adw.jar");
    }

    assertThat(root.resolve("target/launch/1")).doesNotExist();
    assertThat(root.resolve("target/launch/2/adw.jar")).exists();
  }

  @Test
  void aBuildThatFailsSaysWhyAndWhere() throws Exception {
    write(root.resolve("broken"), "");

    var ended = adw("status");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .contains("[ERROR] Main.java:[1,1] no\n", "adw: build failed: see ", "build.log");
    assertThat(ended.out()).isEmpty();
  }

  /// The machine that runs this test has a JDK in one of the usual folders, so the words are asked
  /// for.
  @Test
  void withoutAJdkTheCuresAreNamed() throws Exception {
    var ended = run(Map.of(), "sh", "-c", ". .mvn/launch.sh; say_how_to_install_a_jdk");

    assertThat(ended.out())
        .startsWith("adw: no JDK of version 25 or later found")
        .contains("apt install", "brew install", "or point ADW_JAVA_HOME at the one you have");
  }

  @Test
  void anEmptyEnvironmentAndAnAsciiLocaleWillDo() throws Exception {
    adw("status");

    assertThat(adw("status").out()).contains("locale: C.UTF-8");
    assertThat(run(Map.of("LC_ALL", "C"), "./adw").out()).contains("locale: C.UTF-8");
    assertThat(run(Map.of("LC_ALL", "de_DE.UTF-8"), "./adw").out()).contains("locale: de_DE.UTF-8");
  }

  @Test
  void linksFromElsewhereAreFollowed() throws Exception {
    adw("status");
    var link = Files.createSymbolicLink(temp.resolve("adw-link"), root.resolve("adw"));
    var second = Files.createSymbolicLink(temp.resolve("second"), Path.of("adw-link"));

    assertThat(run(Map.of(), link.toString()).code()).isZero();
    assertThat(run(Map.of(), second.toString()).out()).contains(root + "/target/launch/1/adw.jar");
  }

  @Test
  void aDaemonGetsASmallHeapThatShrinks() throws Exception {
    assertThat(adw("-C", "x", "run").out()).contains("-Xmn8m", "work.aot");
    assertThat(adw("add", "fix it").out()).contains("work.aot").doesNotContain("-Xmn8m");
    assertThat(adw("flow", "run", "x").out()).contains("quick.aot").doesNotContain("-Xmn8m");
  }

  @Test
  void eachCommandStartsAsTheCatalogueSays() throws Exception {
    for (var group : CommandCatalog.ALL) {
      for (var line : group.lines()) {
        var said =
            run(
                Map.of(),
                "sh",
                "-c",
                ". .mvn/jvm.sh; echo $cache",
                "adw",
                "-C",
                "status",
                line.name());

        assertThat(said.out())
            .as(line.name())
            .isEqualTo(line.start().name().toLowerCase(Locale.ROOT) + ".aot\n");
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // script(1) is another one elsewhere
  void theTerminalAndItsSizeAreTold() throws Exception {
    adw("status");

    var ended = run(Map.of(), "script", "-qec", "stty cols 123 rows 45; ./adw status", "/dev/null");

    assertThat(ended.out()).contains("-Dadw.screen=021:123x45");
    assertThat(adw("status").out()).contains("-Dadw.screen=: ");
  }

  private Ended adw(String... args) throws Exception {
    var argv = new ArrayList<>(List.of("./adw"));
    argv.addAll(List.of(args));
    return run(Map.of(), argv.toArray(String[]::new));
  }

  private Ended run(Map<String, String> environment, String... argv) throws Exception {
    return ended(launch(environment, List.of(argv)));
  }

  private Process start(Map<String, String> environment, String... args) throws IOException {
    var argv = new ArrayList<>(List.of("./adw"));
    argv.addAll(List.of(args));
    return launch(environment, argv);
  }

  private Process launch(Map<String, String> environment, List<String> argv) throws IOException {
    var builder = new ProcessBuilder(argv).directory(root.toFile());
    builder.environment().clear();
    builder.environment().put("LOG", log.toString());
    builder.environment().put("ADW_JAVA_HOME", temp.resolve("jdk").toString());
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static Ended ended(Process process) throws Exception {
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, err);
  }

  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
  }

  private static void executable(Path file, String text) throws IOException {
    write(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
