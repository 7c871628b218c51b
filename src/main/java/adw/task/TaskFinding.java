package adw.task;

/// Something in the file that a person should mend.
public record TaskFinding(int line, Severity severity, String what, String cure) {
  /// An error holds its task; a warning is only said.
  public enum Severity {
    ERROR,
    WARNING
  }

  static TaskFinding error(int line, String what, String cure) {
    return new TaskFinding(line, Severity.ERROR, what, cure);
  }

  static TaskFinding warning(int line, String what, String cure) {
    return new TaskFinding(line, Severity.WARNING, what, cure);
  }

  @Override
  public String toString() {
    return "line " + line + ": " + what + " (" + cure + ")";
  }
}
