package adw.task.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.task.Edit;
import adw.task.Mark;
import adw.task.Task;
import adw.task.TaskDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A task file in a folder, a daemon that edits it and a person who saves it.
final class TaskFileScene {
  final Path file;
  final Path state;
  final TaskFile tasks;
  Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final GitView git;

  private TaskFileScene(Path folder, WriteStep stages, GitView git) throws IOException {
    this.file = folder.resolve("tasks.md");
    this.state = folder.resolve("state");
    this.git = git;
    this.tasks = open(stages);
  }

  static TaskFileScene of(Path folder, String text) throws Exception {
    return of(folder, text, WriteStep.NONE, GitView.NONE);
  }

  static TaskFileScene of(Path folder, String text, WriteStep stages, GitView git)
      throws Exception {
    var scene = new TaskFileScene(folder, stages, git);
    scene.save(text);
    scene.read();
    return scene;
  }

  TaskFile open(WriteStep stages) throws IOException {
    var settings = TaskFileSettings.of(file, state).withSettle(Duration.ZERO);
    return TaskFile.open(settings, () -> now, git, stages);
  }

  /// As most editors save: a new file takes the name.
  void save(String text) throws IOException {
    var draft = file.resolveSibling(".editor-draft");
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  String text() throws IOException {
    return Files.readString(file);
  }

  FileReading look() throws Exception {
    return tasks.locked(LockedTaskFile::read);
  }

  FileReading.Current read() throws Exception {
    return switch (look()) {
      case FileReading.Current current -> current;
      case FileReading.NotYet(var why) -> throw new AssertionError("not yet: " + why);
      case FileReading.Refused(var why) -> throw new AssertionError("refused: " + why);
    };
  }

  /// One reading whose commands are taken care of, each as one line.
  List<String> commands() throws Exception {
    return tasks.locked(session -> {
      var told = new ArrayList<String>();
      if (session.read() instanceof FileReading.Current current) {
        current.commands().forEach(command -> told.add(describe(command)));
      }
      session.handled();
      return told;
    });
  }

  static String describe(PersonCommand command) {
    return switch (command) {
      case PersonCommand.StartOver(var task, var id) ->
          "start over " + task.text() + id.map(i -> " after " + i).orElse("");
      case PersonCommand.Continue(_, var id, var text) -> "continue " + id + ": " + text;
      case PersonCommand.DoNotRun(var task) -> "do not run " + task.text();
      case PersonCommand.Cancel(var id, var task) ->
          "cancel " + id + task.map(t -> " at " + t.text()).orElse("");
      case PersonCommand.TakenOver(var id, var task) -> "taken over " + id + " at " + task.text();
    };
  }

  void claim(String text, String id) throws Exception {
    write(text, new Mark.Running(id), Optional.empty());
  }

  void write(String text, Mark mark, Optional<String> tail) throws Exception {
    tasks.locked(session -> {
      var current = (FileReading.Current) session.read();
      var task = find(current.document(), text);
      return session.write(List.of(new Edit.Rewrite(task, mark, tail)));
    });
  }

  void done(String id, String commit) throws Exception {
    end(id, new Mark.Done(Optional.of(commit), Optional.of(id)), Optional.empty());
  }

  void failed(String id, String why) throws Exception {
    end(id, new Mark.Failed(Optional.of(id)), Optional.of(why));
  }

  void end(String id, Mark mark, Optional<String> tail) throws Exception {
    tasks.locked(session -> {
      var current = (FileReading.Current) session.read();
      var task = current.document().findById(id).orElseThrow();
      return session.write(List.of(new Edit.Rewrite(task, mark, tail)));
    });
  }

  void edit(List<Edit> edits) throws Exception {
    tasks.locked(session -> {
      session.read();
      return session.write(edits);
    });
  }

  static Task find(TaskDocument document, String text) {
    return document.tasks().stream()
        .filter(task -> task.text().equals(text) && task.mark().id().isEmpty())
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(text + " is not in\n" + new String(document.bytes(), UTF_8)));
  }
}
