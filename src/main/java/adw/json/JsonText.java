package adw.json;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// JSON as bytes, put together member by member. A record has a line for each phase, so this does
/// without a tree and without the set-up that a general writer needs for each text.
public final class JsonText implements JsonMembers, Json.Sink {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /// Not kept for the next line when one was longer than this.
  private static final int USUAL = 1 << 16;

  /// The longest that a single character becomes.
  private static final int ESCAPED = 6;

  private byte[] buffer = new byte[1024];
  private int size;
  private boolean isFirst = true;

  /// Writes an object on one line, with its line end, in one go; the number of bytes.
  public int writeLine(Consumer<JsonMembers> members, DataOutput out) throws IOException {
    size = 0;
    object(members);
    add('\n');
    out.write(buffer, 0, size);
    if (buffer.length > USUAL) {
      buffer = new byte[USUAL];
    }
    return size;
  }

  /// A value on one line, without a line end.
  public static byte[] of(Json value) {
    var text = new JsonText();
    text.write(value);
    return Arrays.copyOf(text.buffer, text.size);
  }

  private void object(Consumer<JsonMembers> members) {
    add('{');
    isFirst = true;
    members.accept(this);
    add('}');
    isFirst = false;
  }

  private void name(String name) {
    if (!isFirst) {
      add(',');
    }
    isFirst = false;
    quote(name);
    add(':');
  }

  @Override
  public void put(String name, String text) {
    name(name);
    quote(text);
  }

  @Override
  public void put(String name, long number) {
    name(name);
    ascii(Long.toString(number));
  }

  @Override
  public void put(String name, Json value) {
    name(name);
    write(value);
  }

  @Override
  public void put(String name, Consumer<JsonMembers> members) {
    name(name);
    object(members);
  }

  @Override
  public void putAll(String name, Collection<String> texts) {
    name(name);
    add('[');
    var separator = "";
    for (var text : texts) {
      ascii(separator);
      quote(text);
      separator = ",";
    }
    add(']');
  }

  @Override
  public void putDollars(String name, double usd) {
    name(name);
    var all = Math.round(usd * BILLION);
    ascii(Long.toString(all / BILLION));
    var left = all % BILLION;
    if (left > 0) {
      add('.');
    }
    for (var unit = BILLION / 10; left > 0; unit /= 10) {
      add((char) ('0' + left / unit));
      left %= unit;
    }
  }

  private void write(Json value) {
    value.give(this);
  }

  @Override
  public void object(SequencedMap<String, Json> members) {
    object(_ -> members.forEach(this::put));
  }

  @Override
  public void list(List<Json> items) {
    add('[');
    for (var i = 0; i < items.size(); i++) {
      ascii(i == 0 ? "" : ",");
      write(items.get(i));
    }
    add(']');
  }

  @Override
  public void text(String text) {
    quote(text);
  }

  @Override
  public void plain(String word) {
    ascii(word);
  }

  private void add(char c) {
    room(1);
    buffer[size++] = (byte) c;
  }

  private void ascii(String text) {
    room(text.length());
    for (var i = 0; i < text.length(); i++) {
      buffer[size++] = (byte) text.charAt(i);
    }
  }

  private void room(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(size, more)));
    }
  }

  private void quote(String text) {
    var length = text.length();
    room(length + 2);
    buffer[size++] = '"';
    for (var i = 0; i < length; i++) {
      var c = text.charAt(i);
      if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
        buffer[size++] = (byte) c;
      } else {
        room(length - i + ESCAPED);
        i += Character.isSurrogate(c) ? surrogate(text, i) : special(c);
      }
    }
    add('"');
  }

  /// How many more characters of the text it took.
  private int special(char c) {
    switch (c) {
      case '"', '\\' -> escape(c);
      case '\n' -> escape('n');
      case '\t' -> escape('t');
      case '\r' -> escape('r');
      default -> {
        if (c < ' ') {
          ascii("\\u00");
          buffer[size++] = HEX[c >> 4];
          buffer[size++] = HEX[c & 0xf];
        } else if (c < 0x800) {
          buffer[size++] = (byte) (0xc0 | (c >> 6));
          follow(c);
        } else {
          buffer[size++] = (byte) (0xe0 | (c >> 12));
          follow(c >> 6);
          follow(c);
        }
      }
    }
    return 0;
  }

  private void escape(char c) {
    buffer[size++] = '\\';
    buffer[size++] = (byte) c;
  }

  /// Half a pair is no character: a reader would refuse the whole line.
  private int surrogate(String text, int at) {
    var whole = text.codePointAt(at);
    if (!Character.isSupplementaryCodePoint(whole)) {
      return special('\uFFFD');
    }
    buffer[size++] = (byte) (0xf0 | (whole >> 18));
    follow(whole >> 12);
    follow(whole >> 6);
    follow(whole);
    return 1;
  }

  /// The lowest six bits, as UTF-8 has them behind the first byte.
  private void follow(int bits) {
    buffer[size++] = (byte) (0x80 | (bits & 0x3f));
  }
}
