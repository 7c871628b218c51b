package adw.task;

import java.util.Set;

/// The words that mean something in a task: known tags and the names of agents.
public record Vocabulary(Set<String> tags, Set<String> agents) {
  public static final Vocabulary NONE = new Vocabulary(Set.of(), Set.of());

  public Vocabulary {
    tags = Set.copyOf(tags);
    agents = Set.copyOf(agents);
  }
}
