package adw.task;

import adw.text.NearestName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Collects what a person should mend in a file.
public final class DocumentFindings {
  /// Tags that mean something in every file.
  private static final Set<String> OWN_TAGS = Set.of("approve", "epic", "group", "report", "sh");

  private final TaskDocument document;
  private final Set<String> known = new HashSet<>(OWN_TAGS);
  private final Map<String, Optional<String>> meant = new HashMap<>();
  private final List<TaskFinding> found;

  private DocumentFindings(TaskDocument document) {
    this.document = document;
    this.known.addAll(document.source().vocabulary.tags());
    this.found = new ArrayList<>(UnreadLines.of(document));
  }

  /// Top to bottom.
  public static List<TaskFinding> of(TaskDocument document) {
    var findings = new DocumentFindings(document);
    findings.collect();
    return findings.found.stream().sorted(Comparator.comparingInt(TaskFinding::line)).toList();
  }

  private void collect() {
    if (document.hasConflictMarkers()) {
      found.add(
          TaskFinding.error(1, "the file holds git conflict markers", "resolve the conflict"));
    }
    checkHeadings();
    var names = TaskNames.of(document);
    var ids = new HashSet<String>();
    for (var task : document.tasks()) {
      found.addAll(TaskFaults.of(task, names));
      checkMark(task, ids);
      checkTags(task);
      if (task.isGroup() && task.children().isEmpty()) {
        found.add(
            TaskFinding.error(
                task.line(), "the group has no subtasks", "indent task lines below it"));
      }
    }
  }

  /// Headings that may be meant to do something to the tasks right below, and do not.
  private void checkHeadings() {
    var headings = document.structure().headings();
    for (var i = 0; i < headings.size(); i++) {
      var heading = headings.get(i);
      var end = i + 1 < headings.size() ? headings.get(i + 1).line() : document.source().lines();
      if (heading.isAboutBranches() && holdsOpen(heading.endLine(), end)) {
        warn(heading, "this heading opens no branch", "name one with ## Git Worktree NAME");
      } else if (heading.isAlmostParked() && holdsOpen(heading.endLine(), end)) {
        warn(
            heading,
            "what stands below this heading starts",
            "to hold it, begin with Backlog, Later, Ideas, Deferred or Someday");
      }
    }
  }

  private void warn(Heading heading, String what, String cure) {
    found.add(TaskFinding.warning(heading.line() + 1, what, cure));
  }

  private boolean holdsOpen(int from, int to) {
    var rows = document.rows();
    return document.tasks().subList(rows.firstFrom(from), rows.firstFrom(to)).stream()
        .anyMatch(task -> task.isQueued() && task.mark().progress() == Progress.PENDING);
  }

  private void checkMark(Task task, Set<String> ids) {
    if (task.mark() instanceof Mark.Malformed(var what, var cure, _)) {
      found.add(TaskFinding.error(task.line(), what, cure));
    }
    task.mark()
        .id()
        .filter(id -> !ids.add(id))
        .ifPresent(id ->
            found.add(
                TaskFinding.warning(
                    task.line(),
                    id + " stands in a line above too: that one keeps it",
                    "write [] here to run this line as a task of its own")));
  }

  private void checkTags(Task task) {
    for (var tag : task.tags()) {
      if (!known.contains(tag)) {
        meant
            .computeIfAbsent(tag, unknown -> NearestName.findSlip(unknown, known))
            .ifPresent(close ->
                found.add(
                    TaskFinding.warning(
                        task.line(),
                        "#" + tag + " is no known tag",
                        NearestName.question("#" + close))));
      }
    }
  }
}
