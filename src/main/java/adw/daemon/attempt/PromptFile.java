package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.os.DurableFiles;
import adw.os.TextFile;
import adw.run.Run;
import adw.workflow.OutputTail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes what a run's workflow reads on its standard input: `prompt.md` in the run's folder.
final class PromptFile {
  private final DaemonContext context;

  PromptFile(DaemonContext context) {
    this.context = context;
  }

  Path write(Run run) throws IOException {
    var file = context.state().run(run.id()).resolve("prompt.md");
    var text = WorkflowPrompt.of(run.order(), words(run), answers(run));
    DurableFiles.replaceUnsynced(file, text.getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /// The last words of what the task waited for.
  private List<WorkflowPrompt.Words> words(Run run) throws IOException {
    var words = new ArrayList<WorkflowPrompt.Words>();
    for (var prerequisite : run.order().prerequisites()) {
      var round = RunProcesses.lastRound(context, prerequisite.id());
      var text = OutputTail.of(RunProcesses.folder(context, prerequisite.id(), round)).out();
      if (!text.isBlank()) {
        words.add(new WorkflowPrompt.Words(prerequisite.id(), text));
      }
    }
    return words;
  }

  /// What a person said since the run began.
  private List<String> answers(Run run) throws IOException {
    var file = context.state().run(run.id()).resolve("answers.md");
    return Files.exists(file) ? List.of(TextFile.readAny(file)) : List.of();
  }
}
