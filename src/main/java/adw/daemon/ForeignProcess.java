package adw.daemon;

import adw.daemon.context.DaemonLock;
import adw.os.process.ProcessIdentity;
import adw.os.process.SupervisedProcess;
import adw.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A process of a run that no daemon looks after, in another container or on another host: from
/// here it can neither be ended nor, where even its lock says nothing, be judged dead.
///
/// @param folder where it is recorded
public record ForeignProcess(String run, Path folder, ProcessIdentity process) {
  /// The first one, if there is any.
  public static Optional<ForeignProcess> find(RunStore runs) throws IOException {
    for (var id : runs.openIds()) {
      var owner = runs.find(id).map(run -> run.owner());
      if (owner.isPresent() && !DaemonLock.isLive(runs.state(), owner.get())) {
        var found = find(id, runs.state().run(id).resolve("proc"));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<ForeignProcess> find(String id, Path proc) throws IOException {
    if (!Files.isDirectory(proc)) {
      return Optional.empty();
    }
    try (var folders = Files.newDirectoryStream(proc)) {
      for (var folder : folders) {
        if (SupervisedProcess.look(folder) instanceof SupervisedProcess.Running(var supervisor)
            && !supervisor.isHere()) {
          return Optional.of(new ForeignProcess(id, folder, supervisor));
        }
      }
    }
    return Optional.empty();
  }

  /// For people, with the cure.
  public String sentence() {
    return "%s: its process %d runs, or ran, in another container or on another host, %s (go on or adw stop there; if that is gone for ever: rm %s)"
        .formatted(run, process.pid(), process.hostName(), folder.resolve("pid"));
  }
}
