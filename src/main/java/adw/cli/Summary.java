package adw.cli;

import java.util.ArrayList;

/// `tasks.md: 2 running, 3 ready, 12 done`; what there is none of is left out.
final class Summary {
  private Summary() {}

  static String of(Overview seen) {
    var overview = seen.held();
    var counts = new ArrayList<String>();
    for (var state : Standing.State.values()) {
      var count = overview.with(state).size();
      if (count > 0) {
        counts.add(count + " " + state.word);
      }
    }
    var name = overview.project().taskFileName();
    return name + ": " + (counts.isEmpty() ? "no tasks yet" : String.join(", ", counts));
  }
}
