package adw.os;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What to put before an argv so that it runs in a session of its own.
final class Session {
  static final List<String> PREFIX = prefix();

  private Session() {}

  private static List<String> prefix() {
    return Stream.of("/usr/bin/setsid", "/bin/setsid", "/usr/local/bin/setsid")
        .filter(file -> Files.isExecutable(Path.of(file)))
        .findFirst()
        .map(List::of)
        .orElse(
            List.of(
                "perl", "-e", "use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV; exit 127", "--"));
  }
}
