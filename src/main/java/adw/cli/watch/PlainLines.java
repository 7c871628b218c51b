package adw.cli.watch;

import static java.util.stream.Collectors.joining;

import adw.cli.console.Console;
import adw.json.Json;
import adw.run.RunEvent;
import adw.text.PlainText;
import adw.text.TextWidth;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// One line an event, with time, run and what happened; for pipes, files and CI.
final class PlainLines implements Display {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /// A task may be a megabyte long; a log line should not.
  private static final int WIDEST = 300;

  /// What a run waits for whose answer is there.
  private static final String ANSWERED = "answered";

  private final Console console;
  private final AtomicInteger failed = new AtomicInteger();

  PlainLines(Console console) {
    this.console = console;
  }

  @Override
  public void begin(String base) {
    print(now(), base);
  }

  @Override
  public void onLeave(Runnable leave) {}

  @Override
  public void happened(RunEvent event) {
    if (isFailure(event)) {
      failed.incrementAndGet();
    }
    print(event.at(), event.run() + "  " + words(event));
  }

  /// A run has come to where it needs a person, or a time to come.
  static boolean isStop(RunEvent event) {
    return event.kind().equals("waiting")
        && event.facts().findText("for").filter(ANSWERED::equals).isEmpty();
  }

  static boolean isFailure(RunEvent event) {
    return hasOutcome(event, "failed");
  }

  /// The daemon's last word on a run begins with how it ended.
  static boolean hasOutcome(RunEvent event, String word) {
    return event.kind().equals("reported")
        && event.facts().findText("outcome").filter(text -> text.startsWith(word)).isPresent();
  }

  /// `takes "fix the parser"`, `runs adw_sh`; of an end only how it ended.
  static String words(RunEvent event) {
    var facts =
        event.facts().members().values().stream().map(PlainLines::text).collect(joining(", "));
    return sentence(event.kind(), TextWidth.cut(PlainText.line(facts), WIDEST));
  }

  private static String sentence(String kind, String facts) {
    return switch (kind) {
      case "claimed" -> "takes \"" + facts + "\"";
      case "worktree" -> "works in " + facts;
      case "started" -> "runs " + facts;
      case "exited" -> "has run, exit code " + facts;
      case "committed" -> "has committed " + shortened(facts);
      case "verified" -> "has passed verify";
      case "set-up" -> "is set up";
      case "waiting" -> facts.equals(ANSWERED) ? "is answered" : "waits: " + facts;
      case "resumed" -> "goes on";
      case "adopted" -> "is taken over from an adw run that has gone";
      case "interrupted" -> "was interrupted, goes on once";
      case "kept" -> "its work is kept: " + shortened(facts);
      case "reported" -> shortened(facts);
      default -> facts.isEmpty() ? kind : kind + ": " + facts;
    };
  }

  /// With commits as git abbreviates them.
  private static String shortened(String facts) {
    return facts.replaceFirst("^((?:done )?[0-9a-f]{7})[0-9a-f]{33}$", "$1");
  }

  private static String text(Json value) {
    return value instanceof Json.Str(var text) ? text : value.write();
  }

  @Override
  public void noticed(String notice) {
    console.warn(PlainText.line(notice));
  }

  @Override
  public void end(String farewell) {
    print(now(), farewell);
  }

  @Override
  public int failed() {
    return failed.get();
  }

  @Override
  public void close() {}

  private Instant now() {
    return console.caller().clock().instant();
  }

  private synchronized void print(Instant at, String line) {
    console.print(TIME.format(at.atZone(console.caller().zone())) + "  " + line);
    console.flush();
  }
}
