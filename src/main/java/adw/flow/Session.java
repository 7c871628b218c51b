package adw.flow;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What a run and all its sub-flows share.
record Session(
    World world,
    Recorder recorder,
    Prior prior,
    Stop stop,
    Collection<Ended.Waiting> waiting,
    Map<String, Roles> roles) {

  static Session of(World world, Recorder recorder, Prior prior, Stop stop) {
    return new Session(
        world, recorder, prior, stop, new ConcurrentLinkedQueue<>(), new ConcurrentHashMap<>());
  }

  Roles roles(String scope) throws IOException {
    var known = roles.get(scope);
    if (known == null) {
      known = world.crew().roles().in(scope);
      roles.put(scope, known);
    }
    return known;
  }

  void tell(Progress.Event event) {
    world.progress().happened(event);
  }

  long millis() {
    return world.time().clock().millis();
  }

  List<Ended.Waiting> allWaiting() {
    return List.copyOf(waiting);
  }
}
