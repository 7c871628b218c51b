package adw.flow;

import adw.run.Usage;
import java.io.IOException;
import java.util.List;

/// Where results go as they come.
interface Recorder {
  /// @param spent money that no earlier line tells of
  void phase(List<String> path, Result result, Usage spent) throws IOException;

  /// One call of a phase that makes several.
  void call(List<String> path, String key, Result result) throws IOException;

  /// A call that waits for a person.
  void waits(List<String> path, String slot, Player.Reply.Waits reply, Usage spent)
      throws IOException;

  /// In which session of which agent a call was, so that a person can take it over.
  void session(List<String> path, String session, String agent) throws IOException;

  static Recorder none() {
    return new Recorder() {
      @Override
      public void phase(List<String> path, Result result, Usage spent) {}

      @Override
      public void call(List<String> path, String key, Result result) {}

      @Override
      public void session(List<String> path, String session, String agent) {}

      @Override
      public void waits(List<String> path, String slot, Player.Reply.Waits reply, Usage spent) {}
    };
  }
}
