package adw.run;

import java.util.ArrayList;
import java.util.List;

/// Reads one JSON value (RFC 8259) out of a text and says where it is none. It leaves numbers as
/// they are written: a general parser makes the JDK ready for decimals first, which takes a command
/// longer than all the rest of its start.
///
/// @param <T> what is made of values
public final class JsonReader<T> {
  private static final int DEEPEST = 500;
  private static final int LONGEST_NUMBER = 1000;
  private static final char END = '\uFFFF';

  /// What may stand in the text.
  public enum Manner {
    STRICT,
    /// Also comments, and a comma behind the last one of a list.
    BY_HAND
  }

  /// Makes something of values as they are read.
  ///
  /// @param <T> what
  public interface Maker<T> {
    T leaf(Json value, int line);

    T list(List<T> items, int line);

    /// @param members in their order; names may occur more than once
    T object(List<Member<T>> members, int line);

    RuntimeException wrong(String what, int line, int column);
  }

  /// A member of an object.
  public record Member<T>(String name, T value) {}

  private final String text;
  private final Manner manner;
  private final Maker<T> maker;
  private int at;
  private int line = 1;
  private int lineStart;
  private int depth;

  private JsonReader(String text, Manner manner, Maker<T> maker) {
    this.text = text;
    this.manner = manner;
    this.maker = maker;
  }

  /// Lines count from 1: of a member its name's, else where the value begins.
  public static <T> T read(String text, Manner manner, Maker<T> maker) {
    var reader = new JsonReader<>(text, manner, maker);
    reader.skip();
    if (reader.at == text.length()) {
      throw reader.wrong("the text is empty");
    }
    var value = reader.value(reader.line);
    reader.skip();
    if (reader.at < text.length()) {
      throw reader.wrong("more follows after the value");
    }
    return value;
  }

  private T value(int line) {
    var c = here();
    return switch (c) {
      case '{' -> object(line);
      case '[' -> list(line);
      case '"' -> maker.leaf(new Json.Str(string()), line);
      case 't' -> word("true", new Json.Bool(true), line);
      case 'f' -> word("false", new Json.Bool(false), line);
      case 'n' -> word("null", new Json.Null(), line);
      default -> maker.leaf(number(), line);
    };
  }

  private T object(int line) {
    open();
    var members = new ArrayList<Member<T>>();
    while (goesOn('}', members.isEmpty())) {
      if (here() != '"') {
        throw wrong("a name in double quotes is expected, not " + seen());
      }
      var from = this.line;
      var name = string();
      skip();
      if (here() != ':') {
        throw wrong("a colon is expected after the name \"" + name + "\", not " + seen());
      }
      at++;
      skip();
      members.add(new Member<>(name, value(from)));
    }
    return maker.object(members, line);
  }

  private T list(int line) {
    open();
    var items = new ArrayList<T>();
    while (goesOn(']', items.isEmpty())) {
      items.add(value(this.line));
    }
    return maker.list(items, line);
  }

  private void open() {
    at++;
    if (++depth > DEEPEST) {
      throw wrong("nested deeper than " + DEEPEST);
    }
  }

  /// Goes to the next member or item, over the comma before it; false behind the last one.
  private boolean goesOn(char close, boolean isFirst) {
    skip();
    if (!isFirst && here() == ',') {
      at++;
      skip();
      if (here() != close) {
        return true;
      }
      if (manner == Manner.STRICT) {
        throw wrong("a comma before '" + close + "'");
      }
    } else if (isFirst && here() != close) {
      return true;
    }
    if (here() != close) {
      throw wrong("a comma or '" + close + "' is expected, not " + seen());
    }
    at++;
    depth--;
    return false;
  }

  private T word(String word, Json value, int line) {
    if (!text.startsWith(word, at)) {
      throw wrong("a value is expected, not " + seen());
    }
    at += word.length();
    return maker.leaf(value, line);
  }

  private Json.Num number() {
    var from = at;
    if (here() == '-') {
      at++;
    }
    if (!isDigit()) {
      at = from;
      throw wrong("a value is expected, not " + seen());
    }
    if (here() == '0') {
      at++;
    } else {
      digits();
    }
    if (here() == '.') {
      at++;
      digits();
    }
    if (here() == 'e' || here() == 'E') {
      at++;
      if (here() == '+' || here() == '-') {
        at++;
      }
      digits();
    }
    if (at - from > LONGEST_NUMBER) {
      throw wrong("a number of more than " + LONGEST_NUMBER + " characters");
    }
    return number(text.substring(from, at));
  }

  private Json.Num number(String written) {
    try {
      return Json.Num.parse(written);
    } catch (NumberFormatException _) {
      throw wrong("a number too large or too small: " + written);
    }
  }

  private void digits() {
    if (!isDigit()) {
      throw wrong("a digit is expected, not " + seen());
    }
    while (isDigit()) {
      at++;
    }
  }

  private boolean isDigit() {
    return here() >= '0' && here() <= '9';
  }

  private String string() {
    at++;
    var from = at;
    while (at < text.length()) {
      var c = text.charAt(at);
      if (c == '"') {
        return text.substring(from, at++);
      }
      if (c == '\\') {
        return escaped(from);
      }
      check(c);
      at++;
    }
    throw wrong("the text that begins here has no end quote", from - 1);
  }

  private String escaped(int from) {
    var plain = new StringBuilder(text.substring(from, at));
    while (at < text.length()) {
      var c = text.charAt(at++);
      if (c == '"') {
        return plain.toString();
      }
      if (c == '\\') {
        plain.append(escape());
      } else {
        at--;
        check(c);
        at++;
        plain.append(c);
      }
    }
    throw wrong("the text that begins here has no end quote", from - 1);
  }

  private void check(char c) {
    if (c < ' ') {
      throw wrong(
          c == '\n' || c == '\r'
              ? "a line end inside a text (write \\n, or close the quote)"
              : "a control character inside a text (write \\u00"
                  + Integer.toHexString(c + 0x100).substring(1)
                  + ")");
    }
  }

  private char escape() {
    var c = here();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> {
        at--;
        throw wrong(
            "no such escape: a backslash before " + seen() + " (a backslash itself is \\\\)");
      }
    };
  }

  private char hexadecimal() {
    var code = 0;
    for (var end = at + 4; at < end; at++) {
      var digit = here() < 0x80 ? Character.digit(here(), 16) : -1;
      if (digit < 0) {
        throw wrong("four hexadecimal digits are expected after \\u, not " + seen());
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  /// Goes over blanks, line ends and, where they may stand, comments.
  private void skip() {
    while (at < text.length()) {
      switch (text.charAt(at)) {
        case ' ', '\t' -> at++;
        case '\n', '\r' -> endLine();
        case '/' -> {
          if (manner == Manner.STRICT) {
            return;
          }
          comment();
        }
        default -> {
          return;
        }
      }
    }
  }

  private void endLine() {
    at += text.startsWith("\r\n", at) ? 2 : 1;
    line++;
    lineStart = at;
  }

  private void comment() {
    if (text.startsWith("//", at)) {
      while (at < text.length() && here() != '\n' && here() != '\r') {
        at++;
      }
      return;
    }
    var end = text.startsWith("/*", at) ? text.indexOf("*/", at + 2) : -1;
    if (end < 0) {
      throw wrong("a comment is expected (// … or /* … */), not " + seen());
    }
    while (at < end) {
      if (here() == '\n' || here() == '\r') {
        endLine();
      } else {
        at++;
      }
    }
    at = end + 2;
  }

  private char here() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private String seen() {
    return at < text.length() ? "'" + Character.toString(text.codePointAt(at)) + "'" : "the end";
  }

  private RuntimeException wrong(String what) {
    return wrong(what, at);
  }

  private RuntimeException wrong(String what, int place) {
    return maker.wrong(what, line, place - lineStart + 1);
  }
}
