package adw.daemon;

import adw.daemon.context.DaemonContext;
import adw.run.ApprovalAnswer;
import adw.run.Outcome;
import adw.run.Request;
import adw.run.RequestFolder;
import adw.run.Run;
import adw.run.Stage;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.TaskDocument;
import adw.task.file.PersonCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Carries out what people asked for: by editing a marker, or by a request.
final class PersonRequests {
  private final DaemonContext context;
  private final Runner runner;
  private final WaitingRuns waits;
  private final EndedRuns ends;
  private final String daemon;
  private final RequestFolder requests;
  private final AnsweredRuns answered;
  private final ApprovalRequests approvals;
  private final QuestionRequests questions;
  private final List<RequestFolder.Pending> carriedOut = new ArrayList<>();

  PersonRequests(
      DaemonContext context, Runner runner, WaitingRuns waits, EndedRuns ends, String daemon) {
    this.context = context;
    this.runner = runner;
    this.waits = waits;
    this.ends = ends;
    this.daemon = daemon;
    this.requests = new RequestFolder(context.state());
    this.answered = new AnsweredRuns(context, runner, waits, ends, daemon);
    this.approvals = new ApprovalRequests(context, waits, ends, answered);
    this.questions = new QuestionRequests(context, waits, answered);
  }

  /// What the file must show of them.
  List<Edit> carryOut(List<PersonCommand> commands, TaskDocument document) throws IOException {
    var edits = new ArrayList<Edit>();
    carriedOut.clear();
    for (var command : commands) {
      edits.addAll(carryOut(command, document));
    }
    for (var pending : requests.read()) {
      if (isForUs(pending.request())) {
        edits.addAll(carryOut(pending.request(), document));
        carriedOut.add(pending);
      }
    }
    questions.sendSettled(document);
    return edits;
  }

  /// The file shows it: the requests go. One to end a run stays until that is over, for whoever
  /// carries the run by then.
  void handled() throws IOException {
    for (var pending : carriedOut) {
      if (!isUnderWay(pending.request())) {
        Files.deleteIfExists(pending.file());
      }
    }
    carriedOut.clear();
  }

  private boolean isUnderWay(Request request) {
    return (request instanceof Request.Cancel || request instanceof Request.TakeOver)
        && runner.isCarrying(request.run());
  }

  /// The runs that somebody asked to be ended.
  Set<String> cancels() throws IOException {
    return requests.read().stream()
        .map(RequestFolder.Pending::request)
        .filter(Request.Cancel.class::isInstance)
        .map(Request::run)
        .collect(Collectors.toSet());
  }

  /// As what somebody asked this run to end.
  Optional<Outcome> findEnding(String run) throws IOException {
    return requests.read().stream()
        .map(RequestFolder.Pending::request)
        .filter(request -> request.run().equals(run))
        .flatMap(request -> ending(request).stream())
        .findFirst();
  }

  private static Optional<Outcome> ending(Request request) {
    return switch (request) {
      case Request.Cancel(_, var why) -> Optional.of(new Outcome.Cancelled(why));
      case Request.TakeOver _ -> Optional.of(new Outcome.TakenOver());
      case Request.Retry _, Request.Continue _, Request.Approve _, Request.Reject _ ->
          Optional.empty();
    };
  }

  /// It takes no line to end a run.
  void carryOutCancels() throws IOException {
    carriedOut.clear();
    for (var pending : requests.read()) {
      if (pending.request() instanceof Request.Cancel cancel && isForUs(cancel)) {
        var run = context.runs().find(cancel.run());
        if (run.isPresent()) {
          end(run.get(), new Outcome.Cancelled(cancel.why()));
        }
        carriedOut.add(pending);
      }
    }
    handled();
  }

  private List<Edit> carryOut(PersonCommand command, TaskDocument document) throws IOException {
    return switch (command) {
      case PersonCommand.StartOver _, PersonCommand.DoNotRun _ ->
          List.of(); // the mark itself says it
      case PersonCommand.Cancel(var id, var task) -> {
        var reason =
            task.isPresent() ? "cancelled in the task file" : "cancelled: its line was deleted";
        yield handOver(new Request.Cancel(id, reason), document);
      }
      case PersonCommand.TakenOver(var id, _) -> handOver(new Request.TakeOver(id), document);
      case PersonCommand.Continue(_, var id, var text) ->
          handOver(new Request.Continue(id, text, "the task file"), document);
    };
  }

  /// Carried out here, or left for the daemon that carries the run, or would after this one's
  /// death.
  private List<Edit> handOver(Request request, TaskDocument document) throws IOException {
    if (isForUs(request) && !runner.isCarrying(request.run())) {
      return carryOut(request, document);
    }
    requests.send(request, context.now(), context.world().random());
    return List.of();
  }

  /// A run's own daemon carries out what concerns it; one that has ended is anybody's.
  private boolean isForUs(Request request) throws IOException {
    var run = context.runs().find(request.run());
    return run.isEmpty() || run.get().hasEnded() || run.get().owner().equals(daemon);
  }

  private List<Edit> carryOut(Request request, TaskDocument document) throws IOException {
    var run = context.runs().find(request.run());
    if (run.isEmpty()) {
      context.listener().noticed("no run " + request.run() + " (adw status shows the runs)");
      return List.of();
    }
    return switch (request) {
      case Request.Cancel _, Request.TakeOver _ -> end(run.get(), ending(request).orElseThrow());
      case Request.Retry _ -> startOver(run.get(), document);
      case Request.Continue(_, var text, var by) -> say(run.get(), text, by, document);
      case Request.Approve(_, var note, var by) ->
          approvals.answer(run.get(), ApprovalAnswer.yes(note), by, document);
      case Request.Reject(_, var why, var by) ->
          approvals.answer(run.get(), ApprovalAnswer.no(why), by, document);
    };
  }

  private List<Edit> end(Run run, Outcome outcome) throws IOException {
    var waiting = waits.take(run.id());
    if (waiting.isPresent()) {
      ends.add(context.runs().write(waiting.get().at(new Stage.Reporting(outcome))));
    } else if (runner.isCarrying(run.id())) {
      runner.cancel(run.id(), outcome);
    }
    return List.of();
  }

  private List<Edit> startOver(Run run, TaskDocument document) {
    var task = document.findById(run.id());
    if (task.isEmpty()) {
      context
          .listener()
          .noticed("the line of " + run.id() + " is gone: write it again as a new task");
    }
    return task.filter(found -> found.mark().isEnd())
        .<List<Edit>>map(
            found -> List.of(new Edit.Rewrite(found, new Mark.Pending(), Optional.empty())))
        .orElse(List.of());
  }

  /// Without words it is what stands unsent below the line.
  private List<Edit> say(Run run, String text, String by, TaskDocument document)
      throws IOException {
    var words = text.isBlank() ? questions.findUnsent(run, document).orElse("") : text;
    if (approvals.isAsking(run)) {
      return approvals.answer(run, ApprovalAnswer.parse(words), by, document);
    }
    return words.isBlank() ? questions.askAgain(run, document) : goOn(run, words, by);
  }

  /// A gate has nothing to go on with.
  private List<Edit> goOn(Run run, String text, String by) throws IOException {
    if (ApprovalRequests.isGate(run)) {
      context.listener().noticed(run.id() + " is a gate that has ended ([retry] asks again)");
    } else {
      answered.goOn(run, Optional.of(text), by);
    }
    return List.of();
  }
}
