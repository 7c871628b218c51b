package adw.cli.project;

import adw.os.process.LockHolder;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// This very program, to be started once more for another command.
public final class SelfCommand {
  private static final String CACHE = "-XX:AOTCache=";

  private SelfCommand() {}

  /// The same Java, the same classes; what it prints is UTF-8 like ours.
  public static List<String> argv(String... command) {
    var argv = new ArrayList<String>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "--enable-native-access=ALL-UNNAMED",
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8"));
    cache(command).ifPresent(argv::add);
    argv.addAll(List.of("-cp", classes(), LockHolder.MAIN_CLASS));
    argv.addAll(List.of(command));
    return argv;
  }

  /// Whoever is started works in another folder.
  private static String classes() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// The start-up cache that this process was given; for flows the one beside it.
  private static Optional<String> cache(String... command) {
    var arguments = ProcessHandle.current().info().arguments().orElse(new String[0]);
    return List.of(arguments).stream()
        .filter(word -> word.startsWith(CACHE))
        .findFirst()
        .map(word -> command.length > 0 && command[0].equals("flow") ? ofFlows(word) : word);
  }

  private static String ofFlows(String word) {
    var file = Path.of(word.substring(CACHE.length())).resolveSibling("quick.aot");
    return file.toFile().length() > 0 ? CACHE + file : word;
  }
}
