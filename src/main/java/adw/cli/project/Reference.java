package adw.cli.project;

import adw.cli.console.CliException;
import adw.cli.console.ExitCode;
import adw.run.Run;
import adw.run.RunStore;
import adw.task.Task;
import adw.task.TaskDocument;
import adw.task.Vocabulary;
import adw.text.NearestName;
import adw.text.RunId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an ID on the command line means: a task, a run, or a task with its run.
///
/// @param isFileRead whether the task file could be read: then a run without a task has no line
/// @param lost a run of which there should be a record, and is none that can be read
public record Reference(
    Optional<Task> task, Optional<Run> run, Optional<String> lost, boolean isFileRead) {

  /// Any of these will do: a unique prefix of the id's hex digits, a task's `{#name}`, a branch,
  /// `tasks.md:12`.
  public static Reference find(Project project, String typed) throws IOException {
    try {
      return find(project, project.readDocument(Vocabulary.NONE), typed);
    } catch (CliException e) {
      if (e.code != ExitCode.BAD_INPUT) {
        throw e;
      }
      return findByIdAlone(project, typed).orElseThrow(() -> e);
    }
  }

  /// A run's id means the same however the task file is.
  private static Optional<Reference> findByIdAlone(Project project, String typed)
      throws IOException {
    var ids = byPrefix(project.runs(), typed);
    return ids.size() == 1
        ? Optional.of(of(Optional.empty(), Optional.of(ids.getFirst()), project, false))
        : Optional.empty();
  }

  private static Reference find(Project project, TaskDocument document, String typed)
      throws IOException {
    var task = byLine(project, document, typed).or(() -> byName(document, typed));
    if (task.isPresent()) {
      return of(task, task.get().mark().id(), project, true);
    }
    var ids = byPrefix(project.runs(), typed);
    if (ids.size() > 1) {
      throw new CliException(
          ExitCode.USAGE,
          "'" + typed + "' could be " + String.join(", ", ids.subList(0, Math.min(5, ids.size()))));
    }
    var id =
        ids.isEmpty() ? byBranch(project.runs(), typed).map(Run::id) : ids.stream().findFirst();
    if (id.isEmpty()) {
      throw new CliException(
          ExitCode.NOT_FOUND, "no run or task '" + typed + "'" + cure(document, typed));
    }
    return of(document.findById(id.get()), id, project, true);
  }

  private static Reference of(
      Optional<Task> task, Optional<String> id, Project project, boolean isFileRead)
      throws IOException {
    var run = id.isPresent() ? project.runs().find(id.get()) : Optional.<Run>empty();
    var lost =
        id.isPresent() && run.isEmpty()
            ? Optional.of(lost(id.get(), project))
            : Optional.<String>empty();
    return new Reference(task, run, lost, isFileRead);
  }

  private static String lost(String id, Project project) throws IOException {
    var damage = project.runs().findDamage(id);
    return damage.isPresent()
        ? damage.get()
            + " (write [retry] in its line; what it said is in "
            + project.state().run(id).resolve("proc")
            + ")"
        : id
            + ": no record of this run here: started in another clone? (write [retry] in its line)";
  }

  /// The run that the ID means; a task that has none yet is an error.
  public Run needRun() {
    return run.orElseThrow(() ->
        new CliException(
            ExitCode.NOT_FOUND,
            lost.orElseGet(
                () -> where() + ": this task was not started yet (adw status says why)")));
  }

  /// How messages call it.
  public String where() {
    return run.map(Run::id).or(() -> task.map(found -> "line " + found.line())).orElse("");
  }

  private static Optional<Task> byLine(Project project, TaskDocument document, String typed) {
    var colon = typed.lastIndexOf(':');
    if (colon < 0 || !typed.substring(colon + 1).matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    var line = Integer.parseInt(typed.substring(colon + 1));
    return document.tasks().stream()
        .filter(task -> task.line() == line)
        .filter(_ -> colon == 0 || project.taskFile().endsWith(typed.substring(0, colon)))
        .findFirst();
  }

  private static Optional<Task> byName(TaskDocument document, String typed) {
    var name = typed.startsWith("#") ? typed.substring(1) : typed;
    return document.tasks().stream()
        .filter(task -> task.name().filter(name::equals).isPresent())
        .findFirst();
  }

  private static List<String> byPrefix(RunStore runs, String typed) throws IOException {
    var prefix = RunId.withPrefix(typed);
    var ids = new ArrayList<String>();
    for (var id : runs.ids()) {
      if (id.startsWith(prefix) && runs.isRecorded(id)) {
        ids.add(id);
      }
    }
    ids.sort(null);
    return ids;
  }

  /// The newest run on a branch; a named scope has many.
  private static Optional<Run> byBranch(RunStore runs, String branch) throws IOException {
    var newest = Optional.<Run>empty();
    for (var id : runs.ids()) {
      var run = runs.find(id);
      if (run.flatMap(Run::place).filter(place -> place.branch().equals(branch)).isPresent()
          && newest.filter(other -> isNewer(other, run.get())).isEmpty()) {
        newest = run;
      }
    }
    return newest;
  }

  private static boolean isNewer(Run one, Run other) {
    return one.times().claimed().isAfter(other.times().claimed());
  }

  private static String cure(TaskDocument document, String typed) {
    var names = document.tasks().stream().flatMap(task -> task.name().stream()).toList();
    return NearestName.cure(typed, names, "adw tasks lists them");
  }
}
