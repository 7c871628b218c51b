package adw.status;

import java.util.ArrayList;

/// `tasks.md: 2 running, 3 ready, 12 done`; what there is none of is left out.
public final class StatusLine {
  private StatusLine() {}

  public static String of(RepositoryStatus seen) {
    var overview = seen.held();
    var counts = new ArrayList<String>();
    for (var state : TaskStatus.State.values()) {
      var count = overview.with(state).size();
      if (count > 0) {
        counts.add(count + " " + state.word);
      }
    }
    var name = overview.sources().taskFileName();
    return name + ": " + (counts.isEmpty() ? "no tasks yet" : String.join(", ", counts));
  }
}
