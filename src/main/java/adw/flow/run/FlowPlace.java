package adw.flow.run;

import java.util.ArrayList;
import java.util.List;

/// Where a flow stands among the flows around it.
///
/// @param path of the phase that it is a sub-flow of; empty at the top
/// @param stack names and contents of the flows around it
/// @param isGenerated made by an agent, so kept inside the working directory
/// @param isFresh done again for a gate, so earlier results do not count
record FlowPlace(
    List<String> path,
    List<String> stack,
    int generatedDepth,
    boolean isGenerated,
    boolean isFresh) {
  static final FlowPlace TOP = new FlowPlace(List.of(), List.of(), 0, false, false);

  FlowPlace {
    path = List.copyOf(path);
    stack = List.copyOf(stack);
  }

  /// Of a phase of the flow.
  List<String> path(String id) {
    if (path.isEmpty()) {
      return List.of(id);
    }
    var all = new ArrayList<>(path);
    all.add(id);
    return List.copyOf(all);
  }
}
