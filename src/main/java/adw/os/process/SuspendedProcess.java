package adw.os.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A process that somebody has stopped with Ctrl-Z or a signal, and that hears nothing meanwhile.
public final class SuspendedProcess {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private SuspendedProcess() {}

  /// Lets it go on, so that it hears what it is told. False if it was not suspended.
  public static boolean tryContinue(ProcessIdentity process)
      throws IOException, InterruptedException {
    if (process.judge() != Liveness.ALIVE || !ProcessTable.isSuspended(process.pid())) {
      return false;
    }
    var pid = Long.toString(process.pid());
    var argv = List.of("/bin/sh", "-c", "kill -CONT \"$1\"", "sh", pid);
    return new Command(argv, Path.of("/"), Map.of(), LIMIT).run().succeeded();
  }
}
