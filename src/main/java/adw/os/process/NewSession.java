package adw.os.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The programs that come before an argv and become it, without a process more: `setsid` makes it
/// lead a session of its own, `env` lets it hear the signals that we were told to ignore, `flock`
/// makes it hold a lock as its descriptor 3.
final class NewSession {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String IGNORED = "SigIgn:";
  private static final int HEXADECIMAL = 16;
  private static final long HUP_INT_QUIT_PIPE_TERM = 1L | 1L << 1 | 1L << 2 | 1L << 12 | 1L << 14;

  private static final List<String> LEADER =
      findProgram("setsid")
          .orElse(
              List.of(
                  "perl",
                  "-e",
                  "use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV; exit 127",
                  "--"));

  private NewSession() {}

  /// @param lock a file on whose disk locks work
  static List<String> prefix(Optional<Path> lock) {
    var prefix = new ArrayList<>(LEADER);
    prefix.addAll(Hearing.PREFIX);
    if (lock.isPresent()) {
      prefix.addAll(Holding.PREFIX);
      prefix.add(lock.get().toString());
    }
    return prefix;
  }

  /// Whether a child can be made to hold a lock.
  static boolean canHold() {
    return !Holding.PREFIX.isEmpty();
  }

  /// `nohup`, and a shell's `&`, let us ignore some signals; a child would inherit that.
  private static final class Hearing {
    static final List<String> PREFIX =
        isDeaf() ? findWorking("env", "--default-signal=HUP,INT,QUIT,PIPE,TERM") : List.of();

    private static boolean isDeaf() {
      try (var lines = Files.lines(STATUS)) {
        return lines
            .filter(line -> line.startsWith(IGNORED))
            .map(line -> line.substring(IGNORED.length()).strip())
            .mapToLong(mask -> Long.parseUnsignedLong(mask, HEXADECIMAL))
            .anyMatch(mask -> (mask & HUP_INT_QUIT_PIPE_TERM) != 0);
      } catch (IOException | UncheckedIOException notLinux) {
        return false;
      }
    }

    private static List<String> findWorking(String name, String option) {
      return findProgram(name, option).filter(words -> works(words, List.of())).orElse(List.of());
    }
  }

  /// util-linux has `--no-fork` since 2.34; busybox and other systems have no such option.
  private static final class Holding {
    static final List<String> PREFIX =
        findProgram("flock", "--shared", "--no-fork")
            .filter(words -> works(words, List.of("/dev/null")))
            .orElse(List.of());
  }

  private static Optional<List<String>> findProgram(String name, String... options) {
    return Stream.of("/usr/bin/", "/bin/", "/usr/local/bin/")
        .map(folder -> folder + name)
        .filter(file -> Files.isExecutable(Path.of(file)))
        .findFirst()
        .map(file -> Stream.concat(Stream.of(file), Stream.of(options)).toList());
  }

  private static boolean works(List<String> prefix, List<String> arguments) {
    var argv = new ArrayList<>(prefix);
    argv.addAll(arguments);
    argv.addAll(List.of("/bin/sh", "-c", ":"));
    try {
      var process =
          new ProcessBuilder(argv)
              .redirectInput(ProcessStart.NOTHING)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      return process.onExit().join().exitValue() == 0;
    } catch (IOException noProcessLeft) {
      return false;
    }
  }
}
