package adw.os;

import java.io.IOException;
import java.nio.file.Path;

/// A file that is there and cannot be used: where, what is wrong with it, and what helps. It costs
/// what is in that file, and nothing else.
public final class UnusableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnusableFileException(Path file, String what, String cure) {
    super(file + ": " + what + " (" + cure + ")");
  }
}
