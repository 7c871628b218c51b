package adw.cli;

/// Colours where they are wanted, nothing where not.
record Paint(boolean on) {
  /// `NO_COLOR` (no-color.org) counts in `auto` only: who writes `--color always` means it.
  static Paint of(Options.Color wish, Caller caller) {
    return new Paint(
        switch (wish) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO ->
              caller.screen().out()
                  && caller.environment().getOrDefault("NO_COLOR", "").isEmpty()
                  && !caller.environment().getOrDefault("TERM", "").equals("dumb");
        });
  }

  String bold(String text) {
    return with("1", text);
  }

  String dim(String text) {
    return with("2", text);
  }

  String red(String text) {
    return with("31", text);
  }

  String green(String text) {
    return with("32", text);
  }

  String yellow(String text) {
    return with("33", text);
  }

  String cyan(String text) {
    return with("36", text);
  }

  private String with(String code, String text) {
    return on && !text.isEmpty() ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
