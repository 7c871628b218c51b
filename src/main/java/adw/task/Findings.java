package adw.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Collects what a person should mend in a file.
final class Findings {
  /// Tags that mean something in every file.
  private static final Set<String> OWN_TAGS = Set.of("approve", "epic", "group", "report", "sh");

  private final Document document;
  private final Set<String> known = new HashSet<>(OWN_TAGS);
  private final List<Finding> found;

  private Findings(Document document) {
    this.document = document;
    this.known.addAll(document.source().vocabulary.tags());
    this.found = new ArrayList<>(document.structure().findings());
  }

  static List<Finding> of(Document document) {
    var findings = new Findings(document);
    findings.collect();
    return findings.found.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
  }

  private void collect() {
    if (document.hasConflictMarkers()) {
      found.add(Finding.error(1, "the file holds git conflict markers", "resolve the conflict"));
    }
    var names = Names.of(document);
    var ids = new HashSet<String>();
    for (var task : document.tasks()) {
      found.addAll(Faults.of(task, names));
      checkMark(task, ids);
      checkTags(task);
      if (task.isGroup() && task.children().isEmpty()) {
        found.add(
            Finding.error(task.line(), "the group has no subtasks", "indent task lines below it"));
      }
    }
  }

  private void checkMark(Task task, Set<String> ids) {
    if (task.mark() instanceof Mark.Malformed(var what, var cure, _)) {
      found.add(Finding.error(task.line(), what, cure));
    }
    task.mark()
        .id()
        .filter(id -> !ids.add(id))
        .ifPresent(id ->
            found.add(
                Finding.warning(
                    task.line(),
                    id + " stands in a line above too: that one keeps it",
                    "write [] here to run this line as a task of its own")));
  }

  private void checkTags(Task task) {
    for (var tag : task.tags()) {
      if (!known.contains(tag)) {
        Spelling.findClose(tag, known)
            .ifPresent(close ->
                found.add(
                    Finding.warning(
                        task.line(), "#" + tag + " is no known tag", "did you mean #" + close)));
      }
    }
  }
}
