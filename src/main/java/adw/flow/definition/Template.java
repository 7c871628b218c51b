package adw.flow.definition;

import adw.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A text with placeholders `{steps.a.output}`, read once and filled as often as needed. What is
/// put in is never read for placeholders again.
public record Template(String text, List<Piece> pieces) {
  sealed interface Piece {}

  record Words(String text) implements Piece {}

  /// A placeholder: names of letters, digits, `_` and `-`, joined by dots, without blanks.
  record Reference(String raw, List<String> path) implements Piece {
    String head() {
      return path.getFirst();
    }

    /// The phase that `{steps.ID…}` names.
    Optional<String> phase() {
      return head().equals("steps") && path.size() > 1
          ? Optional.of(path.get(1))
          : Optional.empty();
    }

    /// The argument that `{args.NAME…}` names.
    Optional<String> argument() {
      return head().equals("args") && path.size() > 1 ? Optional.of(path.get(1)) : Optional.empty();
    }
  }

  static final Template EMPTY = new Template("", List.of());

  public static Template of(String text) {
    var pieces = new ArrayList<Piece>();
    var done = 0;
    for (var open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
      var close = closing(text, open);
      if (close > 0) {
        if (open > done) {
          pieces.add(new Words(text.substring(done, open)));
        }
        pieces.add(reference(text.substring(open, close + 1)));
        done = close + 1;
        open = close;
      }
    }
    if (done < text.length()) {
      pieces.add(new Words(text.substring(done)));
    }
    return new Template(text, List.copyOf(pieces));
  }

  private static int closing(String text, int open) {
    var wantsName = true;
    for (var i = open + 1; i < text.length(); i++) {
      var c = text.charAt(i);
      if (isName(c)) {
        wantsName = false;
      } else if (wantsName) {
        return -1;
      } else if (c == '}') {
        return i;
      } else if (c == '.') {
        wantsName = true;
      } else {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isName(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  private static Reference reference(String raw) {
    return new Reference(raw, List.of(raw.substring(1, raw.length() - 1).split("\\.")));
  }

  /// The reference that a condition's braces hold; any text may stand there, blanks around it are
  /// ignored.
  static Reference inBraces(String inner) {
    return new Reference("{" + inner + "}", Arrays.asList(inner.strip().split("\\.", -1)));
  }

  List<Reference> references() {
    return pieces.stream().filter(Reference.class::isInstance).map(Reference.class::cast).toList();
  }

  /// The text with everything known put in; what is not known stays as written and is told.
  public String fill(TemplateScope scope, Consumer<String> unresolved) {
    if (pieces.size() == 1 && pieces.getFirst() instanceof Words(var words)) {
      return words;
    }
    var filled = new StringBuilder();
    for (var piece : pieces) {
      switch (piece) {
        case Words(var words) -> filled.append(words);
        case Reference reference -> filled.append(fill(reference, scope, unresolved));
      }
    }
    return filled.toString();
  }

  private static String fill(
      Reference reference, TemplateScope scope, Consumer<String> unresolved) {
    var value = scope.find(reference);
    if (value.isEmpty()) {
      unresolved.accept(reference.raw());
    }
    return value.map(JsonValues::text).orElse(reference.raw());
  }

  /// The value itself when the whole text is one placeholder.
  public Optional<Json> value(TemplateScope scope) {
    return pieces.size() == 1 && pieces.getFirst() instanceof Reference reference
        ? scope.find(reference)
        : Optional.empty();
  }
}
