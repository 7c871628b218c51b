package adw.os.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Turns argv and environment into a child process, byte for byte whatever the locale.
final class ProcessStart {
  static final Redirect NOTHING = Redirect.from(new File("/dev/null"));

  /// What the JVM encodes argv and environment with; ASCII under `LC_ALL=C`.
  private static final Charset NATIVE =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private ProcessStart() {}

  /// @throws IOException for what no program can be handed
  static ProcessBuilder builder(List<String> argv, Path directory, Map<String, String> environment)
      throws IOException {
    refuseNul(argv);
    refuseNul(environment.values());
    var builder = new ProcessBuilder().directory(directory.toFile());
    builder.environment().clear();
    if (isPlain(argv) && isPlain(environment.values())) {
      builder.environment().putAll(environment);
      return builder.command(argv);
    }
    environment.forEach((name, value) -> {
      if (isPlain(value) || !isExportable(name)) {
        builder.environment().put(name, value);
      }
    });
    return builder.command("/bin/sh", "-c", escaped(argv, environment));
  }

  private static void refuseNul(Iterable<String> texts) throws IOException {
    for (var text : texts) {
      if (text.indexOf('\0') >= 0) {
        throw new IOException("a NUL character cannot be handed to a program");
      }
    }
  }

  private static boolean isPlain(Iterable<String> texts) {
    for (var text : texts) {
      if (!isPlain(text)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(String text) {
    return NATIVE.equals(StandardCharsets.UTF_8) || text.chars().allMatch(c -> c < 0x80);
  }

  private static boolean isExportable(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*");
  }

  /// A script of ASCII alone: each text that the JVM would turn into question marks is made by
  /// printf from octal digits. Nothing of the text itself is ever read as shell.
  static String escaped(List<String> argv, Map<String, String> environment) {
    var script = new StringBuilder();
    environment.forEach((name, value) -> {
      if (!isPlain(value) && isExportable(name)) {
        script.append(assignment(name, value)).append("export ").append(name).append('\n');
      }
    });
    var words = new ArrayList<String>();
    for (int i = 0; i < argv.size(); i++) {
      script.append(assignment("adw_" + i, argv.get(i)));
      words.add("\"$adw_" + i + "\"");
    }
    return script.append("exec ").append(String.join(" ", words)).toString();
  }

  /// The x keeps line ends at the end of the text, which `$(…)` would drop.
  private static String assignment(String name, String text) {
    var octal = new StringBuilder();
    for (var b : text.getBytes(StandardCharsets.UTF_8)) {
      octal.append(isSafe(b) ? String.valueOf((char) b) : octal(b));
    }
    return "%s=$(printf '%sx'); %s=${%s%%x}\n".formatted(name, octal, name, name);
  }

  private static boolean isSafe(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == ' ' || b == '/' || b == '.';
  }

  private static String octal(byte b) {
    return String.format(Locale.ROOT, "\\%03o", b & 0xff);
  }
}
