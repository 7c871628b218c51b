package adw.git.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What git tells of the programs that it starts (https://git-scm.com/docs/api-trace2): whose words
/// its own output is made of, which that alone does not say.
public record ChildTrace(Path file) implements AutoCloseable {
  private static final String VARIABLE = "GIT_TRACE2_EVENT";

  private static final int LONGEST = 16 << 20;

  /// A hook, or a filter; other programs of git's own are none of anybody's business.
  private static final Pattern START =
      Pattern.compile(
          "\"event\":\"child_start\",\"sid\":\"([^\"]*)\".*\"child_id\":(\\d+),\"child_class\":\"([^\"]*)\""
              + "(?:,\"hook_name\":\"([^\"]*)\")?.*\"use_shell\":(true|false),\"argv\":\\[\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final Pattern EXIT =
      Pattern.compile(
          "\"event\":\"child_exit\",\"sid\":\"([^\"]*)\".*\"child_id\":(\\d+),.*\"code\":(-?\\d+)");

  static ChildTrace open() throws IOException {
    return new ChildTrace(Files.createTempFile("adw-git", ".trace"));
  }

  /// Unless somebody traces git already.
  void addTo(Map<String, String> environment) {
    environment.putIfAbsent(VARIABLE, file.toString());
  }

  /// `pre-commit hook`, `filter git-lfs filter-process`: the first of git's own children that
  /// failed; else the first filter of one of them.
  Optional<String> findFailed() throws IOException {
    var lines = read().lines().toList();
    var started = new HashMap<String, String>();
    for (var line : lines) {
      var start = START.matcher(line);
      if (start.find()) {
        name(start).ifPresent(name -> started.put(start.group(1) + " " + start.group(2), name));
      }
    }
    return failed(lines, started, true).or(() -> failed(lines, started, false));
  }

  /// A hook may write to it as well.
  private String read() throws IOException {
    try (var stream = Files.newInputStream(file)) {
      return new String(stream.readNBytes(LONGEST), UTF_8);
    }
  }

  private static Optional<String> name(Matcher start) {
    if (start.group(4) != null) {
      return Optional.of(start.group(4) + " hook");
    }
    var isFilter = start.group(3).equals("subprocess") || start.group(5).equals("true");
    return isFilter ? Optional.of("filter " + start.group(6)) : Optional.empty();
  }

  private static Optional<String> failed(
      List<String> lines, Map<String, String> started, boolean isOwn) {
    for (var line : lines) {
      var exit = EXIT.matcher(line);
      if (exit.find() && !exit.group(3).equals("0") && exit.group(1).contains("/") != isOwn) {
        var name = started.get(exit.group(1) + " " + exit.group(2));
        if (name != null && (isOwn || name.startsWith("filter "))) {
          return Optional.of(name);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
