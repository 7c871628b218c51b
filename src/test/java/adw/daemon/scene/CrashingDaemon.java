package adw.daemon.scene;

import adw.daemon.context.DaemonListener;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// A daemon in a JVM of its own that dies as by `kill -9` when it reaches a step: `FOLDER STEP NTH
/// READY SET-UP VERIFY...`.
final class CrashingDaemon {
  private CrashingDaemon() {}

  public static void main(String[] args) throws Exception {
    var sandbox = DaemonSandbox.reopen(Path.of(args[0]));
    var ready = Integer.parseInt(args[3]);
    sandbox.settings = sandbox.withReady(ready);
    sandbox.settings = sandbox.withSetUp(args[4].lines().toArray(String[]::new));
    sandbox.settings = sandbox.withVerify(Arrays.copyOfRange(args, 5, args.length));
    sandbox.crashAt(
        DaemonListener.Step.valueOf(args[1]), new AtomicInteger(Integer.parseInt(args[2])));
    var end = ready > 0 ? sandbox.runUntilStopped() : sandbox.runUntilIdle();
    System.out.println("not reached: " + end + " " + sandbox.notices);
    sandbox.events.forEach(System.out::println);
    Runtime.getRuntime().halt(0);
  }
}
