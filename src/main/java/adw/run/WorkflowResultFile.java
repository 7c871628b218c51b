package adw.run;

import adw.json.Json;
import adw.json.JsonException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What a workflow or an agent has reported in the file of `$ADW_RESULT`; anything may be in there:
/// `{"outcome": "waiting", "for": "question", "message": "which port?"}`.
public sealed interface WorkflowResultFile {
  int LARGEST = 1 << 20;

  /// The year 9999, in seconds.
  BigDecimal LATEST = BigDecimal.valueOf(253_402_300_800L);

  /// It reported nothing.
  record None() implements WorkflowResultFile {}

  /// It ended in order to wait.
  record Waiting(Stage.Wait reason) implements WorkflowResultFile {}

  /// Nothing was to be done.
  record NoChange(Optional<String> message) implements WorkflowResultFile {}

  /// It ended in whatever other way.
  record Ended(Optional<String> message) implements WorkflowResultFile {}

  /// There is something, but not a report.
  record Unreadable(String why) implements WorkflowResultFile {}

  /// The same report, each of its sentences as `words` makes it.
  default WorkflowResultFile inWords(UnaryOperator<String> words) {
    return switch (this) {
      case None none -> none;
      case Waiting(var wait) ->
          new Waiting(new Stage.Wait(wait.why(), wait.until(), words.apply(wait.message())));
      case NoChange(var message) -> new NoChange(message.map(words));
      case Ended(var message) -> new Ended(message.map(words));
      case Unreadable(var why) -> new Unreadable(words.apply(why));
    };
  }

  static WorkflowResultFile read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new None();
    }
    // A pipe or a device could be read for ever; a link may lead to what the workflow cannot read.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Unreadable("result.json is not a file");
    }
    byte[] bytes;
    try (var stream = Files.newInputStream(file)) {
      bytes = stream.readNBytes(LARGEST + 1);
    }
    if (bytes.length > LARGEST) {
      return new Unreadable("result.json is larger than 1 MiB");
    }
    return parse(new String(bytes, StandardCharsets.UTF_8));
  }

  /// Text that is blank says nothing: a workflow may have made the file before it had something.
  static WorkflowResultFile parse(String text) {
    if (text.isBlank()) {
      return new None();
    }
    try {
      return said(Json.parseObject(text));
    } catch (JsonException malformed) {
      return new Unreadable("result.json: " + malformed.getMessage());
    } catch (DateTimeException malformed) {
      return new Unreadable("result.json: 'until' is not a time such as 2026-11-21T20:00:00Z");
    }
  }

  private static WorkflowResultFile said(Json.Obj report) {
    var outcome = report.findText("outcome");
    var message = report.findText("message");
    return switch (outcome.orElse("")) {
      case "waiting" ->
          new Waiting(new Stage.Wait(waitsFor(report), until(report), message.orElse("")));
      case "no-change" -> new NoChange(message);
      default ->
          outcome.isPresent()
              ? new Ended(message)
              : new Unreadable("result.json has no text 'outcome'");
    };
  }

  /// A word that nobody knows asks a person.
  private static Stage.Wait.Why waitsFor(Json.Obj report) {
    return switch (report.findText("for").orElse("")) {
      case "approval" -> Stage.Wait.Why.APPROVAL;
      case "login" -> Stage.Wait.Why.LOGIN;
      case "budget" -> Stage.Wait.Why.BUDGET;
      case "rate-limit" -> Stage.Wait.Why.RATE_LIMIT;
      default -> Stage.Wait.Why.QUESTION;
    };
  }

  /// Its own words, where there are any.
  default Optional<String> words() {
    var message =
        switch (this) {
          case Waiting(var wait) -> Optional.of(wait.message());
          case NoChange(var said) -> said;
          case Ended(var said) -> said;
          case None _, Unreadable _ -> Optional.<String>empty();
        };
    return message.filter(text -> !text.isBlank());
  }

  /// A time with its zone, or seconds since 1970.
  private static Optional<Instant> until(Json.Obj report) {
    return report.find("until").map(WorkflowResultFile::time);
  }

  private static Instant time(Json value) {
    return switch (value) {
      case Json.Str(var text) -> OffsetDateTime.parse(text.strip()).toInstant();
      case Json.Num seconds
          when seconds.value().signum() >= 0 && seconds.value().compareTo(LATEST) < 0 ->
          Instant.ofEpochSecond(seconds.longValue());
      case Json.Num _, Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ ->
          throw new DateTimeException("no time: " + value);
    };
  }
}
