package adw.git.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.config.UnsupportedException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The attribute `working-tree-encoding`, where the JDK and the C library agree on every character;
/// a file that is not in its encoding is for git to judge.
record Encoding(Charset charset, boolean marked) {
  private static final Map<String, Encoding> KNOWN =
      Map.of(
          "UTF-16LE", new Encoding(StandardCharsets.UTF_16LE, false),
          "UTF-16BE", new Encoding(StandardCharsets.UTF_16BE, false),
          "UTF-16LE-BOM", new Encoding(StandardCharsets.UTF_16LE, true),
          "ISO-8859-1", new Encoding(StandardCharsets.ISO_8859_1, false));

  private static final char MARK = '\ufeff';

  static boolean isDefault(String name) {
    return name.isEmpty() || name.equalsIgnoreCase("UTF-8") || name.equalsIgnoreCase("UTF8");
  }

  static Optional<Encoding> find(String name) {
    return Optional.ofNullable(KNOWN.get(name.toUpperCase(Locale.ROOT)));
  }

  byte[] toWorktree(byte[] blob) throws UnsupportedException {
    if (blob.length == 0) {
      return blob;
    }
    var text = decode(UTF_8, blob);
    return encode(charset, marked ? MARK + text : text);
  }

  byte[] toBlob(byte[] file) throws UnsupportedException {
    if (file.length == 0) {
      return file;
    }
    var text = decode(charset, file);
    var hasMark = isWide() && text.charAt(0) == MARK;
    if (hasMark != marked) {
      throw new UnsupportedException("a file with a byte order mark, or without one");
    }
    return encode(UTF_8, marked ? text.substring(1) : text);
  }

  private boolean isWide() {
    return !charset.equals(StandardCharsets.ISO_8859_1);
  }

  private String decode(Charset from, byte[] bytes) throws UnsupportedException {
    try {
      return from.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnsupportedException("a file that is not in " + charset);
    }
  }

  private byte[] encode(Charset to, String text) throws UnsupportedException {
    try {
      var encoded = to.newEncoder().encode(CharBuffer.wrap(text));
      var bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new UnsupportedException("a file that cannot be in " + charset);
    }
  }
}
