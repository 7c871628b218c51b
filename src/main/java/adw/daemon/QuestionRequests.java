package adw.daemon;

import adw.daemon.context.DaemonContext;
import adw.planning.UnsentWords;
import adw.run.Run;
import adw.run.Stage;
import adw.task.Edit;
import adw.task.TaskDocument;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers to questions in the task file: the brackets are emptied and words `> …` stand below the
/// line, in whichever order. Who empties them first is told what is missing; the words are then
/// sent once they have stood there for a while.
final class QuestionRequests {
  private final DaemonContext context;
  private final WaitingRuns waits;
  private final AnsweredRuns answered;
  private final Map<String, Typed> typed = new HashMap<>();

  /// Words that somebody may still be typing.
  private record Typed(String words, Instant since) {}

  QuestionRequests(DaemonContext context, WaitingRuns waits, AnsweredRuns answered) {
    this.context = context;
    this.waits = waits;
    this.answered = answered;
  }

  Optional<String> findUnsent(Run run, TaskDocument document) throws IOException {
    var task = document.findById(run.id());
    return task.isPresent() ? UnsentWords.find(context.state(), run, task.get()) : Optional.empty();
  }

  /// The line says what is missing. Where nothing was asked, the brackets mean nothing.
  List<Edit> askAgain(Run run, TaskDocument document) throws IOException {
    if (!asks(run)) {
      return List.of();
    }
    var emptied = run.with(run.notes().asEmptied(true));
    waits.take(run.id());
    waits.adopt(context.runs().write(emptied));
    var wait = WaitingRuns.waitOf(run);
    var message = "still asks: " + wait.message() + " (write > answer below)";
    context.listener().noticed(run.id() + " " + message);
    var marks = OutcomeMark.of(run, new Stage.Wait(wait.why(), wait.until(), message), context);
    return document.findById(run.id()).map(marks::on).stream().toList();
  }

  private static boolean asks(Run run) {
    return run.stage() instanceof Stage.Waiting(_, var wait)
        && wait.why() == Stage.Wait.Why.QUESTION;
  }

  /// Sends the words that have come below emptied brackets, and stay as they are.
  void sendSettled(TaskDocument document) throws IOException {
    for (var run : waits.all()) {
      if (asks(run) && run.notes().isEmptied()) {
        var words = findUnsent(run, document);
        if (words.isPresent() && isSettled(run.id(), words.get())) {
          typed.remove(run.id());
          answered.goOn(run, words, "the task file");
        }
      }
    }
  }

  private boolean isSettled(String run, String words) {
    var last = typed.get(run);
    if (last == null || !last.words().equals(words) || last.since().isAfter(context.now())) {
      last = new Typed(words, context.now());
      typed.put(run, last);
    }
    return !last.since().plus(context.file().settle()).isAfter(context.now());
  }

  /// As it goes on.
  static Run answered(Run run) {
    return run.notes().isEmptied() ? run.with(run.notes().asEmptied(false)) : run;
  }
}
