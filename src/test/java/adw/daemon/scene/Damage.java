package adw.daemon.scene;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/// What happens to files.
public enum Damage {
  FLIP {
    @Override
    public byte[] of(byte[] bytes, Random random) {
      var damaged = bytes.clone();
      for (var i = 0; i < 3 && damaged.length > 0; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      return damaged;
    }
  },
  TRUNCATE {
    @Override
    public byte[] of(byte[] bytes, Random random) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    }
  },
  EMPTY {
    @Override
    public byte[] of(byte[] bytes, Random random) {
      return new byte[0];
    }
  },
  /// As a file system leaves a file after a power cut.
  ZEROES {
    @Override
    public byte[] of(byte[] bytes, Random random) {
      return new byte[Math.max(1, bytes.length)];
    }
  },
  GARBAGE {
    @Override
    public byte[] of(byte[] bytes, Random random) {
      var garbage = new byte[random.nextInt(1, 40)];
      random.nextBytes(garbage);
      return garbage;
    }
  },
  LATIN_1 {
    @Override
    public byte[] of(byte[] bytes, Random random) {
      var at = random.nextInt(bytes.length + 1);
      var text = new String(bytes, StandardCharsets.ISO_8859_1);
      return (text.substring(0, at) + "\u00e9" + text.substring(at))
          .getBytes(StandardCharsets.ISO_8859_1);
    }
  },
  /// A value of JSON, or a word of what is none.
  VALUE {
    @Override
    public byte[] of(byte[] bytes, Random random) {
      var text = new String(bytes, StandardCharsets.ISO_8859_1);
      var values = Pattern.compile("(?<=[:\\[] {0,2})(\"[^\"]*\"|[0-9.]+|true|false)|\\w+");
      var all = values.matcher(text).results().toList();
      if (all.isEmpty()) {
        return bytes;
      }
      var one = all.get(random.nextInt(all.size()));
      var other = OTHERS.get(random.nextInt(OTHERS.size()));
      return (text.substring(0, one.start()) + other + text.substring(one.end()))
          .getBytes(StandardCharsets.ISO_8859_1);
    }
  },
  /// In place of the file.
  FOLDER {
    @Override
    public byte[] of(byte[] bytes, Random random) {
      return bytes;
    }

    @Override
    public void to(Path file, byte[] bytes, Random random) throws IOException {
      Files.delete(file);
      Files.createDirectory(file);
    }
  };

  private static final List<String> OTHERS =
      List.of(
          "1e999999",
          "-1",
          "null",
          "\"lunch\"",
          "\"\\u0000\"",
          "\"../../..\"",
          "{}",
          "[]",
          "99999999999999999999",
          "\"+999999999-12-31T23:59:59Z\"",
          "\"\u00ff\"",
          "true");

  public abstract byte[] of(byte[] bytes, Random random);

  /// One whose outcome cannot be what somebody else may have written there: of a path each other
  /// path may be meant, and of an earlier version each other text.
  public static Damage any(Path victim, Random random) {
    var damages = List.of(values());
    var damage = damages.get(random.nextInt(damages.size()));
    var isMeant =
        (victim.endsWith("journal/about") && Set.of(FLIP, TRUNCATE, VALUE).contains(damage))
            || (victim.toString().contains("/versions/") && Set.of(FLIP, VALUE).contains(damage));
    return isMeant ? GARBAGE : damage;
  }

  public void to(Path file, byte[] bytes, Random random) throws IOException {
    Files.write(file, of(bytes, random));
  }
}
