package adw.os;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.UUID;

/// Names that nobody else has and nobody can guess.
public final class RandomToken {
  private static final int BYTES = 16;

  private RandomToken() {}

  /// 32 hexadecimal digits, of the system itself: the JDK's random numbers take ten milliseconds to
  /// get ready.
  public static String create() {
    var bytes = new byte[BYTES];
    try (var random = new FileInputStream("/dev/urandom")) {
      if (random.readNBytes(bytes, 0, BYTES) == BYTES) {
        return HexFormat.of().formatHex(bytes);
      }
    } catch (IOException _) {
      return digits(); // a system without such a file
    }
    return digits();
  }

  private static String digits() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
