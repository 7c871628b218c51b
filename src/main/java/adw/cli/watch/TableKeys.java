package adw.cli.watch;

import adw.cli.console.Console;
import adw.cli.project.Project;
import adw.cli.project.RunLogs;
import adw.run.ApprovalAnswer;
import adw.run.Request;
import adw.run.RequestFolder;
import adw.text.PlainText;
import adw.text.TextWidth;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What the keys of the live table do: choose a run, see its log, cancel it, answer it.
final class TableKeys {
  private static final int LOG_LINES = 20;
  private static final int CTRL_C = 3;
  private static final int ESCAPE = 27;
  private static final int DELETE = 127;

  /// What the next keys are about.
  private sealed interface Mode {
    record Choosing() implements Mode {}

    record Cancelling(RunRow row) implements Mode {}

    record Answering(RunRow row, String typed) implements Mode {}

    /// The run asks for approval.
    record Approving(RunRow row, String typed) implements Mode {}
  }

  private final Project project;
  private final Console console;
  private final Consumer<String> say;
  private List<RunRow> rows = List.of();
  private int chosen;
  private Mode mode = new Mode.Choosing();

  TableKeys(Project project, Console console, Consumer<String> say) {
    this.project = project;
    this.console = console;
    this.say = say;
  }

  void show(List<RunRow> now) {
    rows = now;
    chosen = Math.clamp(chosen, 0, Math.max(0, rows.size() - 1));
  }

  int chosen() {
    return chosen;
  }

  /// What stands at the foot while a key is awaited.
  Optional<String> prompt() {
    return switch (mode) {
      case Mode.Choosing() -> Optional.empty();
      case Mode.Cancelling(var row) ->
          Optional.of("cancel " + row.shortId() + " " + TextWidth.cut(row.text(), 40) + "? y/n");
      case Mode.Answering(var row, var typed) ->
          Optional.of("to " + row.shortId() + ": " + typed + "▏");
      case Mode.Approving(var row, var typed) ->
          Optional.of(
              "approve " + row.shortId() + "? " + ApprovalAnswer.CHOICES + ": " + typed + "▏");
    };
  }

  /// False: the person wants to leave.
  boolean press(int key) throws IOException {
    if (key == CTRL_C) {
      return false;
    }
    return switch (mode) {
      case Mode.Choosing() -> choose(key);
      case Mode.Cancelling(var row) -> {
        mode = new Mode.Choosing();
        if (key == 'y') {
          send(new Request.Cancel(row.id(), "cancelled from the table"), row);
        }
        yield true;
      }
      case Mode.Answering(var row, var typed) -> {
        mode = isEnter(key) ? answered(row, typed) : typed(typed, key, mode);
        yield true;
      }
      case Mode.Approving(var row, var typed) -> {
        mode = isEnter(key) ? decided(row, typed) : typed(typed, key, mode);
        yield true;
      }
    };
  }

  /// Arrow keys come as ESC [ A and ESC [ B; their last letter is enough.
  private boolean choose(int key) throws IOException {
    switch (key) {
      case 'q' -> {
        return false;
      }
      case 'j', 'B' -> show(rows, chosen + 1);
      case 'k', 'A' -> show(rows, chosen - 1);
      case 'l' -> log();
      case 'c' -> row().ifPresent(row -> mode = new Mode.Cancelling(row));
      case 'a' -> {
        if (row().isPresent()) {
          mode = answering(row().get());
        }
      }
      default -> {}
    }
    return true;
  }

  private void show(List<RunRow> now, int choice) {
    chosen = choice;
    show(now);
  }

  private Optional<RunRow> row() {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(chosen));
  }

  private Mode answering(RunRow row) throws IOException {
    var run = project.runs().find(row.id());
    return run.filter(found -> found.stage().asksForApproval()).isPresent()
        ? new Mode.Approving(row, "")
        : new Mode.Answering(row, "");
  }

  private static boolean isEnter(int key) {
    return key == '\r' || key == '\n';
  }

  private Mode answered(RunRow row, String typed) throws IOException {
    if (!typed.isBlank()) {
      send(answer(row, typed), row);
    }
    return new Mode.Choosing();
  }

  /// Asks on until it is an answer.
  private Mode decided(RunRow row, String typed) throws IOException {
    if (ApprovalAnswer.parse(typed) instanceof ApprovalAnswer.Unclear) {
      return new Mode.Approving(row, "");
    }
    send(answer(row, typed), row);
    return new Mode.Choosing();
  }

  private Request answer(RunRow row, String typed) {
    return new Request.Continue(row.id(), typed.strip(), console.caller().user());
  }

  private static Mode typed(String typed, int key, Mode mode) {
    if (key == ESCAPE) {
      return new Mode.Choosing();
    }
    if (key == DELETE || key == '\b') {
      var end = typed.isEmpty() ? 0 : typed.offsetByCodePoints(typed.length(), -1);
      return retyped(mode, typed.substring(0, end));
    }
    return key < ' ' ? mode : retyped(mode, typed + (char) key);
  }

  private static Mode retyped(Mode mode, String typed) {
    return switch (mode) {
      case Mode.Answering(var row, _) -> new Mode.Answering(row, typed);
      case Mode.Approving(var row, _) -> new Mode.Approving(row, typed);
      case Mode.Choosing _, Mode.Cancelling _ -> mode;
    };
  }

  private void send(Request request, RunRow row) throws IOException {
    new RequestFolder(project.state())
        .send(request, console.caller().clock().instant(), new SecureRandom());
    say.accept(row.shortId() + " is told");
  }

  private void log() throws IOException {
    var row = row();
    if (row.isEmpty()) {
      return;
    }
    var lines = new ArrayList<String>();
    for (var file : RunLogs.of(project, row.get().id())) {
      lines.addAll(tail(file));
    }
    say.accept(row.get().shortId() + (lines.isEmpty() ? " has said nothing yet" : " said last:"));
    lines.forEach(line -> say.accept("  " + PlainText.line(line)));
  }

  private static List<String> tail(java.nio.file.Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var in = Files.newByteChannel(file)) {
      in.position(Math.max(0, in.size() - 8192));
      var bytes = new byte[8192];
      var buffer = java.nio.ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining() && in.read(buffer) >= 0) {
        // until the end, or full
      }
      var lines =
          new String(bytes, 0, buffer.position(), java.nio.charset.StandardCharsets.UTF_8)
              .lines()
              .toList();
      return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
    }
  }
}
