package adw.git.config;

/// Something about a repository that no run can change: it is not one, it is broken, git said no.
public final class GitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public GitException(String message) {
    super(message);
  }

  public GitException(String message, Throwable cause) {
    super(message, cause);
  }
}
