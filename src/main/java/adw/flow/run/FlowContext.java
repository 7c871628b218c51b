package adw.flow.run;

import adw.flow.definition.RoleFolders;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What a run and all its sub-flows share.
record FlowContext(
    FlowWorld world,
    FlowRecorder recorder,
    EarlierResults prior,
    FlowStop stop,
    Collection<FlowOutcome.Waiting> waiting,
    Map<String, RoleFolders> roles) {

  static FlowContext of(
      FlowWorld world, FlowRecorder recorder, EarlierResults prior, FlowStop stop) {
    return new FlowContext(
        world, recorder, prior, stop, new ConcurrentLinkedQueue<>(), new ConcurrentHashMap<>());
  }

  RoleFolders roles(String scope) throws IOException {
    var known = roles.get(scope);
    if (known == null) {
      known = world.crew().roles().in(scope);
      roles.put(scope, known);
    }
    return known;
  }

  void tell(FlowListener.Event event) {
    world.progress().happened(event);
  }

  long millis() {
    return world.time().clock().millis();
  }

  List<FlowOutcome.Waiting> allWaiting() {
    return List.copyOf(waiting);
  }
}
