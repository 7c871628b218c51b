package adw.daemon;

import adw.daemon.attempt.RunProcesses;
import adw.daemon.context.DaemonContext;
import adw.os.DurableFiles;
import adw.run.Run;
import adw.run.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Lets runs go on with what people said to them.
final class AnsweredRuns {
  private final DaemonContext context;
  private final Runner runner;
  private final WaitingRuns waits;
  private final EndedRuns ends;
  private final String daemon;

  AnsweredRuns(
      DaemonContext context, Runner runner, WaitingRuns waits, EndedRuns ends, String daemon) {
    this.context = context;
    this.runner = runner;
    this.waits = waits;
    this.ends = ends;
    this.daemon = daemon;
  }

  /// The line shows it as soon as the waiting runs are shown; it goes on when a slot is free.
  void goOn(Run run, Optional<String> words, String by) throws IOException {
    if (words.isPresent()) {
      note(run, words.get(), by);
    }
    if (runner.isCarrying(run.id()) || ends.has(run.id())) {
      return; // the words are put before its next round
    }
    var known = QuestionRequests.answered(waits.take(run.id()).orElse(run)).ownedBy(daemon);
    var waiting = run.hasEnded() ? known.with(known.notes().asReopened(true)) : known;
    var wait =
        new Stage.Wait(
            Stage.Wait.Why.ANSWERED, Optional.of(context.now()), words.orElse("approved"));
    context.runs().open(run.id());
    waits.add(context.runs().write(waiting.at(new Stage.Waiting(round(waiting), wait))));
  }

  /// The last round that was begun.
  int round(Run run) throws IOException {
    return run.stage() instanceof Stage.Waiting(var round, _)
        ? round
        : RunProcesses.lastRound(context, run.id());
  }

  /// Keeps the words for the run's next prompt, and who said them when.
  private void note(Run run, String text, String by) throws IOException {
    context.happened(run, "answered", "by", by);
    DurableFiles.append(
        context.state().run(run.id()).resolve("answers.md"),
        (text.strip() + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
