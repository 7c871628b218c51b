package adw.flow.run;

import adw.os.Sha256;
import java.nio.charset.StandardCharsets;

/// A hash over parts; where one ends and the next begins counts.
final class CacheKey {
  private static final int DIGITS = 32;

  private final Sha256 sha = new Sha256();

  CacheKey add(String part) {
    return add(part.getBytes(StandardCharsets.UTF_8));
  }

  CacheKey add(byte[] part) {
    var length = part.length;
    sha.add((byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length);
    sha.add(part);
    return this;
  }

  CacheKey add(Iterable<String> parts) {
    for (var part : parts) {
      add(part);
    }
    return add("");
  }

  String text() {
    return sha.hex().substring(0, DIGITS);
  }
}
