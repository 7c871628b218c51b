package adw.git;

import java.util.Locale;
import java.util.function.BiConsumer;

/// The grammar of a git configuration file: `[section "sub"]`, `name = value`, `#` and `;`
/// comments, quotes, escapes, a backslash at a line's end.
final class ConfigText {
  private final String text;
  private int at;
  private String section = "";

  ConfigText(String text) {
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  void forEach(BiConsumer<String, String> taker) {
    while (at < text.length()) {
      var c = text.charAt(at);
      if (c == '#' || c == ';') {
        skipLine();
      } else if (c == '[') {
        readSection();
      } else if (Character.isLetter(c)) {
        readEntry(taker);
      } else {
        at++;
      }
    }
  }

  private void skipLine() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
  }

  private void readSection() {
    var start = ++at;
    while (at < text.length() && "]\"\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    section = text.substring(start, at).strip().toLowerCase(Locale.ROOT);
    if (at < text.length() && text.charAt(at) == '"') {
      section += "." + readSubsection();
    }
    at++;
  }

  private String readSubsection() {
    var sub = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      sub.append(text.charAt(at));
    }
    at++;
    return sub.toString();
  }

  private void readEntry(BiConsumer<String, String> taker) {
    var start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
      at++;
    }
    var key = section + "." + text.substring(start, at).toLowerCase(Locale.ROOT);
    skipBlanks();
    if (at < text.length() && text.charAt(at) == '=') {
      at++;
      skipBlanks();
      taker.accept(key, readValue());
    } else {
      taker.accept(key, "true");
    }
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private String readValue() {
    var value = new StringBuilder();
    var quoted = false;
    // Blanks at the end are no part of a value, unless they stood in quotes.
    var kept = 0;
    for (; at < text.length() && text.charAt(at) != '\n'; at++) {
      var c = text.charAt(at);
      if (c == '"') {
        quoted = !quoted;
        kept = value.length();
      } else if (!quoted && (c == '#' || c == ';')) {
        skipLine();
        break;
      } else if (c == '\\') {
        at++;
        appendEscaped(value);
        kept = value.length();
      } else if (c != '\r') {
        value.append(c);
        kept = quoted || c > ' ' ? value.length() : kept;
      }
    }
    value.setLength(kept);
    return value.toString();
  }

  private void appendEscaped(StringBuilder value) {
    if (at >= text.length()) {
      return;
    }
    switch (text.charAt(at)) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'b' -> value.append('\b');
      case '\r', '\n' -> at += text.startsWith("\r\n", at) ? 1 : 0;
      default -> value.append(text.charAt(at));
    }
  }
}
