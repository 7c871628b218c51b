package adw.git.config;

/// Met while at work: something that only the `git` program is known to do right.
public final class UnsupportedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String what;

  public UnsupportedException(String what) {
    super(what);
    this.what = what;
  }

  public String what() {
    return what;
  }
}
