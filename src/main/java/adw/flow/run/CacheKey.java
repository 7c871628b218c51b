package adw.flow.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A hash over parts; where one ends and the next begins counts.
final class CacheKey {
  private final MessageDigest sha;

  CacheKey() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  CacheKey add(String part) {
    return add(part.getBytes(StandardCharsets.UTF_8));
  }

  CacheKey add(byte[] part) {
    var length = part.length;
    sha.update(
        new byte[] {
          (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
        });
    sha.update(part);
    return this;
  }

  CacheKey add(Iterable<String> parts) {
    for (var part : parts) {
      add(part);
    }
    return add("");
  }

  String text() {
    return HexFormat.of().formatHex(sha.digest(), 0, 16);
  }
}
