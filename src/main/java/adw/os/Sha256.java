package adw.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 of what is added, in 64 hexadecimal digits.
public final class Sha256 {
  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  public static String of(Path file) throws IOException {
    return new Sha256().add(Files.readAllBytes(file)).hex();
  }

  public static String of(String text) {
    return new Sha256().add(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  public Sha256 add(byte... bytes) {
    digest.update(bytes);
    return this;
  }

  /// Nothing can be added after it.
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
