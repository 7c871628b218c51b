package adw.daemon.attempt;

import adw.daemon.context.DaemonContext;
import adw.run.AgentReport;
import adw.run.Run;
import adw.run.Stage;
import adw.run.WorkflowResultFile;
import adw.workflow.OutputTail;
import java.io.IOException;
import java.util.Optional;

/// What a workflow said of its own work: in `result.json`, and at the end of its output. All that
/// is told of a run is made of it, so no secret is in it.
record WorkflowReport(WorkflowResultFile result, OutputTail words) {
  /// Exit codes with a meaning of their own.
  static final int WAITING = 75;

  static final int NOTHING_TO_DO = 99;

  static WorkflowReport of(DaemonContext context, Run run, int round) throws IOException {
    return new WorkflowReport(
        WorkflowResultFile.read(RunProcesses.result(context, run.id(), round))
            .inWords(context::conceal),
        OutputTail.of(RunProcesses.folder(context, run.id(), round)).inWords(context::conceal));
  }

  /// Its message, or the end of what it wrote.
  String text() {
    return result.words().orElse(words.out());
  }

  String failure(int code) {
    return result
        .words()
        .or(() -> Optional.of(words.lastError()).filter(text -> !text.isBlank()))
        .orElse("exit code " + code);
  }

  /// Whether it says that nothing was to be done.
  boolean isNoChange() {
    return result instanceof WorkflowResultFile.NoChange
        || AgentReport.of(text()) instanceof AgentReport.NoChange;
  }

  /// The last line that says something.
  String lastSentence() {
    return text()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .reduce("", (_, last) -> last);
  }

  /// What it waits for, if it ended in order to wait.
  Optional<Stage.Wait> findWait(int code) {
    if (result instanceof WorkflowResultFile.Waiting(var wait)) {
      return Optional.of(wait);
    }
    var asked = findQuestion();
    return switch (code) {
      case WAITING -> Optional.of(question(asked.orElseGet(this::lastSentence)));
      case 0 -> asked.map(WorkflowReport::question);
      default -> Optional.empty();
    };
  }

  private Optional<String> findQuestion() {
    return AgentReport.of(text()) instanceof AgentReport.Question(var asked)
        ? Optional.of(asked)
        : Optional.empty();
  }

  private static Stage.Wait question(String text) {
    return new Stage.Wait(Stage.Wait.Why.QUESTION, Optional.empty(), text);
  }
}
