package adw.flow.definition;

import java.io.Serial;

/// A flow, a role or a record that cannot be used as it is; the message says where, what and the
/// cure.
public final class FlowException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /// 0 where it is not known.
  private final int line;

  private final String what;

  public FlowException(String message) {
    super(message);
    this.line = 0;
    this.what = message;
  }

  public FlowException(String message, Throwable cause) {
    super(message, cause);
    this.line = 0;
    this.what = message;
  }

  private FlowException(int line, String what) {
    super(line + ": " + what);
    this.line = line;
    this.what = what;
  }

  /// @param line of the file, from 1 on
  static FlowException at(int line, String what) {
    return new FlowException(line, what);
  }

  static FlowException at(int line, String what, Throwable cause) {
    var problem = at(line, what);
    problem.initCause(cause);
    return problem;
  }

  /// The line where it is, or the first.
  int line() {
    return Math.max(1, line);
  }

  /// The message without its line.
  String what() {
    return what;
  }
}
