package adw.daemon;

import adw.run.Outcome;
import adw.run.Run;
import java.util.List;

/// Who carries runs: this process, or machines elsewhere. Claims are always made by the daemon.
public interface Runner {
  /// Carries a run from whatever stage it is at.
  void start(Run run);

  /// Ends a run before its time, with this outcome.
  void cancel(String run, Outcome outcome);

  boolean isCarrying(String run);

  /// Ids of the runs that are carried now.
  List<String> carried();

  /// Runs that wait or have an outcome to report since the last call.
  List<Run> takeReturned();

  /// How many are carried, or came back and were not taken yet.
  int size();
}
