package adw.os.process;

import java.io.IOException;
import java.util.Optional;

/// Who answers for the commands that a thread runs: records them on disk, so that they are found,
/// waited for or ended whatever becomes of this JVM, and limits them. A command of a thread without
/// one is a plain child.
public interface ChildCustody {
  CommandResult run(Command command) throws IOException, InterruptedException;

  /// What is done in someone's custody.
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  /// Does the work; all commands that its thread runs meanwhile are in this custody.
  default <T> T keep(Work<T> work) throws IOException, InterruptedException {
    try {
      return ScopedValue.where(Current.CUSTODY, this).call(work::run);
    } catch (IOException | InterruptedException | RuntimeException known) {
      throw known;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// That of this thread.
  static Optional<ChildCustody> find() {
    return Current.CUSTODY.isBound() ? Optional.of(Current.CUSTODY.get()) : Optional.empty();
  }

  /// Seen by nobody else, so that no custody can be left before its work is done.
  final class Current {
    private static final ScopedValue<ChildCustody> CUSTODY = ScopedValue.newInstance();

    private Current() {}
  }
}
