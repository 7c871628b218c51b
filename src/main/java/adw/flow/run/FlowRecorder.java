package adw.flow.run;

import adw.flow.definition.PhaseResult;
import adw.spend.Usage;
import java.io.IOException;
import java.util.List;

/// Where results go as they come.
interface FlowRecorder {
  /// @param spent money that no earlier line tells of
  void phase(List<String> path, PhaseResult result, Usage spent) throws IOException;

  /// One call of a phase that makes several.
  void call(List<String> path, String key, PhaseResult result) throws IOException;

  /// A call that waits for a person.
  void waits(List<String> path, String slot, PhaseCaller.Reply.Waits reply, Usage spent)
      throws IOException;

  /// In which session of which agent a call was, so that a person can take it over.
  void session(List<String> path, String session, String agent) throws IOException;

  static FlowRecorder none() {
    return new FlowRecorder() {
      @Override
      public void phase(List<String> path, PhaseResult result, Usage spent) {}

      @Override
      public void call(List<String> path, String key, PhaseResult result) {}

      @Override
      public void session(List<String> path, String session, String agent) {}

      @Override
      public void waits(
          List<String> path, String slot, PhaseCaller.Reply.Waits reply, Usage spent) {}
    };
  }
}
