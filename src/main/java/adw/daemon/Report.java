package adw.daemon;

import adw.run.Run;
import adw.run.Stage;
import adw.workflow.LastWords;
import adw.workflow.Result;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a workflow said of its own work: in `result.json`, and at the end of its output.
record Report(Result result, LastWords words) {
  /// Exit codes with a meaning of their own.
  static final int WAITING = 75;

  static final int NOTHING_TO_DO = 99;

  private static final Pattern NO_CHANGE = Pattern.compile("(?m)^\\W*NO CHANGE:\\s*(.*)$");
  private static final Pattern QUESTION = Pattern.compile("^\\W*QUESTION:\\s*(.+)$");

  static Report of(Site site, Run run, int round) throws IOException {
    return new Report(
        Result.read(site.state().run(run.id()).resolve("result.json")),
        LastWords.of(Work.procDir(site, run.id(), round)));
  }

  private Optional<Result.Said> said() {
    return result instanceof Result.Said said ? Optional.of(said) : Optional.empty();
  }

  /// Its message, or the end of what it wrote.
  String text() {
    return said().flatMap(Result.Said::message).filter(text -> !text.isBlank()).orElse(words.out());
  }

  String failure(int code) {
    return said()
        .flatMap(Result.Said::message)
        .filter(text -> !text.isBlank())
        .or(() -> Optional.of(words.lastError()).filter(text -> !text.isBlank()))
        .orElse("exit code " + code);
  }

  /// Whether it says that nothing was to be done.
  boolean isNoChange() {
    return said().filter(said -> said.outcome().equals("no-change")).isPresent()
        || NO_CHANGE.matcher(words.out()).find();
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
    var waiting = said().filter(said -> said.outcome().equals("waiting"));
    if (waiting.isPresent()) {
      return waiting.map(Report::wait);
    }
    if (code == WAITING) {
      return Optional.of(new Stage.Wait(Stage.Wait.Why.QUESTION, Optional.empty(), lastSentence()));
    }
    return code == 0 ? findQuestion() : Optional.empty();
  }

  private Optional<Stage.Wait> findQuestion() {
    var question = QUESTION.matcher(lastSentence());
    return question.matches()
        ? Optional.of(new Stage.Wait(Stage.Wait.Why.QUESTION, Optional.empty(), question.group(1)))
        : Optional.empty();
  }

  private static Stage.Wait wait(Result.Said said) {
    var why =
        switch (said.waitsFor().orElse("question")) {
          case "approval" -> Stage.Wait.Why.APPROVAL;
          case "login" -> Stage.Wait.Why.LOGIN;
          case "budget" -> Stage.Wait.Why.BUDGET;
          case "rate-limit" -> Stage.Wait.Why.RATE_LIMIT;
          default -> Stage.Wait.Why.QUESTION;
        };
    return new Stage.Wait(why, said.until(), said.message().orElse(""));
  }
}
