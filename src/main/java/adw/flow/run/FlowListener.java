package adw.flow.run;

import adw.flow.definition.PhaseResult;
import adw.spend.Usage;
import java.util.List;
import java.util.function.Consumer;

/// Told what happens while a flow runs, from many threads.
public interface FlowListener {
  void happened(Event event);

  sealed interface Event {
    List<String> path();

    record Started(List<String> path) implements Event {}

    /// A fan-out has moved on.
    record Moved(List<String> path, int done, int running, int failed, int total)
        implements Event {}

    record Said(List<String> path, String line) implements Event {}

    /// @param spent so far by the flow that the phase is of
    record Settled(List<String> path, PhaseResult result, Usage spent) implements Event {}
  }

  static FlowListener silent() {
    return _ -> {};
  }

  static FlowListener of(Consumer<Event> listener) {
    return listener::accept;
  }
}
