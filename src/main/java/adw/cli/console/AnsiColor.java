package adw.cli.console;

/// Colours where they are wanted, nothing where not.
public record AnsiColor(boolean on) {
  /// `NO_COLOR` (no-color.org) counts in `auto` only: who writes `--color always` means it.
  static AnsiColor of(GlobalOptions.Color wish, Caller caller) {
    return new AnsiColor(
        switch (wish) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO ->
              caller.screen().out()
                  && caller.environment().getOrDefault("NO_COLOR", "").isEmpty()
                  && !caller.environment().getOrDefault("TERM", "").equals("dumb");
        });
  }

  public String bold(String text) {
    return with("1", text);
  }

  public String dim(String text) {
    return with("2", text);
  }

  public String red(String text) {
    return with("31", text);
  }

  public String green(String text) {
    return with("32", text);
  }

  public String yellow(String text) {
    return with("33", text);
  }

  public String cyan(String text) {
    return with("36", text);
  }

  private String with(String code, String text) {
    return on && !text.isEmpty() ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
