package adw.git;

/// Met while at work: something that only the `git` program is known to do right.
final class UnfitException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String what;

  UnfitException(String what) {
    super(what);
    this.what = what;
  }

  String what() {
    return what;
  }
}
