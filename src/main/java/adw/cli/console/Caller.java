package adw.cli.console;

import adw.text.LocalClock;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;

/// Who started the program: their folder, environment, streams, terminal and clock.
public record Caller(
    Path directory,
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    Screen screen,
    InstantSource clock,
    Supplier<ZoneId> timeZone)
    implements LocalClock {

  /// Which streams are a terminal, and how large it is.
  public record Screen(boolean in, boolean out, boolean err, int columns, int rows) {
    public static final Screen NONE = new Screen(false, false, false, 80, 24);

    /// Reads what the launcher saw: `012:200x50` is a terminal on all three streams, 200 columns
    /// wide and 50 rows high.
    static Screen parse(String seen) {
      var colon = seen.indexOf(':');
      if (colon < 0) {
        return NONE;
      }
      var streams = seen.substring(0, colon);
      return new Screen(
          streams.indexOf('0') >= 0,
          streams.indexOf('1') >= 0,
          streams.indexOf('2') >= 0,
          atLeast(20, seen.substring(colon + 1), 80),
          atLeast(4, seen.substring(seen.indexOf('x') + 1), 24));
    }

    private static int atLeast(int least, String text, int otherwise) {
      var number = 0;
      for (var i = 0; i < text.length() && Character.isDigit(text.charAt(i)) && i < 5; i++) {
        number = number * 10 + text.charAt(i) - '0';
      }
      return number < least ? otherwise : number;
    }
  }

  /// The process's own; always UTF-8, whatever the locale.
  public static Caller ofProcess() {
    return new Caller(
        Path.of("").toAbsolutePath(),
        System.getenv(),
        System.in,
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        Screen.parse(System.getProperty("adw.screen", "")),
        Clock.systemUTC(),
        ZoneId::systemDefault);
  }

  @Override
  public ZoneId zone() {
    return timeZone.get();
  }

  /// Who asks, for the record.
  public String user() {
    return environment.getOrDefault("USER", "the terminal");
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    var buffered = new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 8192);
    return new PrintStream(buffered, false, StandardCharsets.UTF_8);
  }
}
