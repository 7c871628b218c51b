package adw.os;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// Text in files. The JDK says of one that is not UTF-8 only "Input length = 1".
public final class TextFile {
  /// What a record of ours may have at most: more would be more than there is memory.
  private static final long MOST = 64L << 20;

  private TextFile() {}

  /// @throws UnusableFileException naming the line that is not UTF-8, or if it is no file, or too
  ///   large for one of ours
  public static String read(Path file) throws IOException {
    refuseTooLarge(file);
    var bytes = bytes(file);
    var place = findOtherEncoding(bytes);
    if (place.isPresent()) {
      throw new UnusableFileException(
          file, "line " + place.get() + " is not UTF-8", "save the file as UTF-8");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// Of a file in which a strange byte does no harm; it reads as U+FFFD.
  public static String readAny(Path file) throws IOException {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  /// Line by line, of a file that may be large; a strange byte reads as U+FFFD.
  public static BufferedReader reader(Path file) throws IOException {
    refuseNoFile(file);
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }

  private static void refuseTooLarge(Path file) throws IOException {
    var size = Files.size(file);
    if (size > MOST) {
      var what = "has %d MiB, and at most %d are read".formatted(size >> 20, MOST >> 20);
      throw new UnusableFileException(file, what, "move it away");
    }
  }

  /// The JDK says of a folder only "Is a directory", and waits for whoever writes into a FIFO.
  private static byte[] bytes(Path file) throws IOException {
    refuseNoFile(file);
    return Files.readAllBytes(file);
  }

  private static void refuseNoFile(Path file) throws IOException {
    var is = Files.readAttributes(file, BasicFileAttributes.class);
    if (!is.isRegularFile()) {
      var what = is.isDirectory() ? "is a folder" : "is a device, a FIFO or a socket";
      throw new UnusableFileException(file, what, "move it away");
    }
  }

  /// The first line, from 1 on, with bytes that are not UTF-8.
  public static Optional<Integer> findOtherEncoding(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.of(firstStrangeLine(bytes));
    }
  }

  private static int firstStrangeLine(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    var at = Math.max(0, text.indexOf('\uFFFD'));
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }
}
