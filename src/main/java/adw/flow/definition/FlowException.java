package adw.flow.definition;

import java.io.Serial;

/// A flow, a role or a record that cannot be used as it is; the message says where, what and the
/// cure.
public final class FlowException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public FlowException(String message) {
    super(message);
  }

  public FlowException(String message, Throwable cause) {
    super(message, cause);
  }
}
