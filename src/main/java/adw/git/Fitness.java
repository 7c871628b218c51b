package adw.git;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeSet;

/// Whether this repository uses only what we know to do right by ourselves; else the reasons why
/// the `git` program does the work.
public record Fitness(List<String> reasons) {
  public Fitness {
    reasons = List.copyOf(reasons);
  }

  public boolean isOwn() {
    return reasons.isEmpty();
  }

  static Fitness of(Location place, Config config) throws IOException {
    var reasons = new TreeSet<String>(config.conditions());
    if (Files.exists(place.commonDir().resolve("info/sparse-checkout"))) {
      reasons.add("sparse checkout");
    }
    return new Fitness(List.copyOf(reasons));
  }
}
