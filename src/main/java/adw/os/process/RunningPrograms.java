package adw.os.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The programs that run on this machine now, ours and others'.
public final class RunningPrograms {
  private RunningPrograms() {}

  /// Whether one of them was started with exactly this argument.
  public static boolean isAnyWith(String argument) {
    return ProcessTable.commands().anyMatch(argv -> argv.contains(argument));
  }

  /// One of that name, or of one that begins so with a hyphen, which works in that folder.
  public static Optional<LockHolder> findWithin(Path folder, String name) throws IOException {
    return WorkingDirectory.pidsWithin(folder.toRealPath()).stream()
        .filter(pid -> isNamed(ProcessTable.command(pid), name))
        .findFirst()
        .map(LockHolder::of);
  }

  private static boolean isNamed(List<String> argv, String name) {
    var program = argv.isEmpty() ? "" : argv.getFirst();
    var own = program.substring(program.lastIndexOf('/') + 1);
    return own.equals(name) || own.startsWith(name + "-");
  }
}
