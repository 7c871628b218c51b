package adw.task;

/// Characters that show nothing, or that change how others show.
final class InvisibleCharacters {
  private InvisibleCharacters() {}

  /// Control, format (zero-width, bidi), private, unassigned, lone surrogate.
  static boolean is(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
