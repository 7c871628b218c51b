package adw.run;

import adw.json.Json;
import adw.json.JsonException;
import adw.spend.Usage;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// `run.json`: the text of a [Run].
final class RunJson {
  private static final Set<String> KNOWN =
      Set.of(
          "id",
          "lineage",
          "attempt",
          "task",
          "workflow",
          "owner",
          "place",
          "stage",
          "times",
          "usage");

  private static final Pattern WORD = Pattern.compile("[a-z]+(-[a-z]+)*");

  private RunJson() {}

  static Json.Obj write(Run run) {
    var json =
        Json.Obj.empty()
            .with("id", run.id())
            .with("lineage", run.lineage().first())
            .with("attempt", run.lineage().attempt())
            .with("task", task(run.order()))
            .with("workflow", workflow(run.order().workflow()))
            .with("owner", run.owner());
    if (run.place().isPresent()) {
      json = json.with("place", place(run.place().get()));
    }
    return json.with("stage", stage(run.stage()))
        .with("times", times(run.times()))
        .with("usage", run.usage().toJson())
        .with(run.notes().members());
  }

  private static final Set<String> STAGES =
      Set.of(
          "claimed",
          "preparing",
          "running",
          "waiting",
          "committing",
          "verifying",
          "reporting",
          "ended");
  private static final Set<String> OUTCOMES =
      Set.of("done", "answered", "failed", "cancelled", "taken-over");

  /// A stage or an outcome that this adw does not know how to go on from.
  static Optional<String> findNewerWord(Json.Obj json) {
    var stage = json.findObject("stage");
    var at = stage.flatMap(one -> one.findText("at")).filter(RunJson::isWord);
    var kind =
        stage
            .flatMap(one -> one.findObject("outcome"))
            .flatMap(one -> one.findText("kind"))
            .filter(RunJson::isWord);
    return at.filter(word -> !STAGES.contains(word))
        .map(word -> "stage '" + word + "'")
        .or(() ->
            kind.filter(word -> !OUTCOMES.contains(word)).map(word -> "outcome '" + word + "'"));
  }

  /// Anything else is no word of any adw.
  private static boolean isWord(String text) {
    return WORD.matcher(text).matches();
  }

  /// @throws JsonException for what cannot be a record
  static Run read(Json.Obj json) {
    try {
      return run(json);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new JsonException(String.valueOf(e.getMessage()), e); // a path, a duration, a number
    }
  }

  private static Run run(Json.Obj json) {
    var task =
        json.findObject("task").orElseThrow(() -> new JsonException("no task in the record"));
    return new Run(
        new Run.Attempt(
            RecordName.name(json, "id"),
            new Run.Lineage(
                RecordName.name(json, "lineage"), json.findLong("attempt").orElse(1L).intValue()),
            RecordName.name(json, "owner")),
        order(task, json.findObject("workflow").orElse(Json.Obj.empty())),
        json.findObject("place").map(RunJson::place),
        new Run.Progress(
            stage(
                json.findObject("stage")
                    .orElseThrow(() -> new JsonException("no stage in the record"))),
            times(json.findObject("times").orElse(Json.Obj.empty()))),
        json.findObject("usage").map(Usage::of).orElse(Usage.NONE),
        new RunNotes(rest(json)));
  }

  private static Json.Obj rest(Json.Obj json) {
    var rest = json;
    for (var name : KNOWN) {
      rest = rest.without(name);
    }
    return rest;
  }

  private static Json.Obj task(TaskSnapshot order) {
    var json =
        Json.Obj.empty()
            .with("text", order.text())
            .with("body", order.body())
            .with("line", order.wording().line())
            .with("tags", Json.Arr.ofTexts(order.tags()))
            .with("scope", order.scope())
            .with("name", order.name())
            .with("agent", order.wishes().agent())
            .with("model", order.wishes().model())
            .with("base", order.wishes().base())
            .with("timeout", order.wishes().timeout());
    if (order.wishes().budget().isPresent()) {
      json = json.with("budget", Json.Num.of(order.wishes().budget().get()));
    }
    return json.with("commitOptional", order.wishes().commitOptional())
        .with(
            "prerequisites",
            new Json.Arr(order.prerequisites().stream().<Json>map(RunJson::prerequisite).toList()));
  }

  private static Json.Obj prerequisite(TaskSnapshot.Prerequisite prerequisite) {
    return Json.Obj.empty().with("id", prerequisite.id()).with("commit", prerequisite.commit());
  }

  private static TaskSnapshot order(Json.Obj task, Json.Obj workflow) {
    return new TaskSnapshot(
        new TaskSnapshot.Wording(
            task.text("text"),
            task.findText("body").orElse(""),
            task.findLong("line").orElse(0L).intValue(),
            task.texts("tags")),
        task.findText("scope").map(_ -> RecordName.branch(task, "scope")),
        task.findText("name"),
        new TaskSnapshot.Wishes(
            task.findText("agent"),
            task.findText("model"),
            task.findText("base"),
            task.findText("timeout").filter(limit -> !Duration.parse(limit).isNegative()),
            task.findDouble("budget"),
            task.isTrue("commitOptional")),
        new TaskSnapshot.Workflow(workflow.findText("name").orElse(""), workflow.findText("hash")),
        task.list("prerequisites").stream()
            .filter(Json.Obj.class::isInstance)
            .map(item ->
                new TaskSnapshot.Prerequisite(
                    ((Json.Obj) item).text("id"), ((Json.Obj) item).findText("commit")))
            .toList());
  }

  private static Json.Obj workflow(TaskSnapshot.Workflow workflow) {
    return Json.Obj.empty().with("name", workflow.name()).with("hash", workflow.hash());
  }

  private static Json.Obj place(RunPlace place) {
    return Json.Obj.empty()
        .with("branch", place.branch())
        .with("worktree", place.worktree().toString())
        .with("base", place.base())
        .with("start", place.start())
        .with("setUpTree", place.setUpTree())
        .with("port", place.port());
  }

  private static RunPlace place(Json.Obj json) {
    return new RunPlace(
        RecordName.branch(json, "branch"),
        RecordName.folder(json, "worktree"),
        json.text("base"),
        RecordName.commit(json, "start"),
        json.findText("setUpTree"),
        json.findLong("port").orElse(0L).intValue());
  }

  private static Json.Obj times(Run.Times times) {
    return Json.Obj.empty()
        .with("claimed", times.claimed().toString())
        .with("started", times.started().map(Instant::toString))
        .with("ended", times.ended().map(Instant::toString));
  }

  private static Run.Times times(Json.Obj json) {
    return new Run.Times(
        json.instant("claimed"),
        json.find("started").map(_ -> json.instant("started")),
        json.find("ended").map(_ -> json.instant("ended")));
  }

  private static Json.Obj stage(Stage stage) {
    var json = Json.Obj.empty().with("at", stage.word());
    return switch (stage) {
      case Stage.Claimed _, Stage.Preparing _ -> json;
      case Stage.Running(var round) -> json.with("round", round);
      case Stage.Waiting(var round, var wait) -> wait(json.with("round", round), wait);
      case Stage.Committing(var round, var ended) -> {
        var committing = json.with("round", round);
        yield ended.map(outcome -> committing.with("outcome", outcome(outcome))).orElse(committing);
      }
      case Stage.Verifying(var round, var commit) ->
          json.with("round", round).with("commit", commit);
      case Stage.Reporting(var outcome) -> json.with("outcome", outcome(outcome));
      case Stage.Ended(var outcome, var shown) ->
          json.with("outcome", outcome(outcome)).with("shown", shown);
    };
  }

  private static Json.Obj wait(Json.Obj json, Stage.Wait wait) {
    return json.with("for", wait.why().word())
        .with("until", wait.until().map(Instant::toString))
        .with("message", wait.message());
  }

  private static Stage stage(Json.Obj json) {
    var round = json.findLong("round").orElse(1L).intValue();
    return switch (json.text("at")) {
      case "claimed" -> new Stage.Claimed();
      case "preparing" -> new Stage.Preparing();
      case "running" -> new Stage.Running(round);
      case "waiting" -> new Stage.Waiting(round, wait(json));
      case "committing" ->
          new Stage.Committing(round, json.findObject("outcome").map(RunJson::outcome));
      case "verifying" -> new Stage.Verifying(round, json.text("commit"));
      case "reporting" -> new Stage.Reporting(neededOutcome(json));
      case "ended" -> new Stage.Ended(neededOutcome(json), json.isTrue("shown"));
      default -> throw new JsonException("unknown stage '" + json.text("at") + "'");
    };
  }

  private static Stage.Wait wait(Json.Obj json) {
    return new Stage.Wait(
        RecordWord.find(Stage.Wait.Why.values(), json.text("for"))
            .<Stage.Wait.Cause>map(why -> why)
            .orElseGet(() -> new Stage.Wait.NewerCause(json.text("for"))),
        json.find("until").map(_ -> json.instant("until")),
        json.findText("message").orElse(""));
  }

  private static Outcome neededOutcome(Json.Obj json) {
    return json.findObject("outcome")
        .map(RunJson::outcome)
        .orElseThrow(() -> new JsonException("no outcome in the record"));
  }

  static Json.Obj outcome(Outcome outcome) {
    var json = Json.Obj.empty();
    return switch (outcome) {
      case Outcome.Done(var commit, var setback) ->
          json.with("kind", "done").with("commit", commit).with("setback", setback);
      case Outcome.Answered(var words) -> json.with("kind", "answered").with("words", words);
      case Outcome.Failed(var why, var reason) ->
          json.with("kind", "failed").with("why", why.word()).with("reason", reason);
      case Outcome.Cancelled(var reason) -> json.with("kind", "cancelled").with("reason", reason);
      case Outcome.TakenOver() -> json.with("kind", "taken-over");
    };
  }

  private static Outcome outcome(Json.Obj json) {
    return switch (json.text("kind")) {
      case "done" -> new Outcome.Done(json.text("commit"), json.findText("setback"));
      case "answered" -> new Outcome.Answered(json.findText("words").orElse(""));
      case "failed" ->
          new Outcome.Failed(
              RecordWord.find(Outcome.Why.values(), json.text("why"))
                  .<Outcome.Cause>map(why -> why)
                  .orElseGet(() -> new Outcome.NewerCause(json.text("why"))),
              json.text("reason"));
      case "cancelled" -> new Outcome.Cancelled(json.findText("reason").orElse(""));
      case "taken-over" -> new Outcome.TakenOver();
      default -> throw new JsonException("unknown outcome '" + json.text("kind") + "'");
    };
  }
}
