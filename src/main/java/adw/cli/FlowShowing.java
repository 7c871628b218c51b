package adw.cli;

import adw.flow.Approver;
import adw.flow.Flow;
import adw.flow.LiveDrawing;
import adw.flow.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Shows a running flow: the graph drawn again and again in a terminal, else a line an event; and
/// asks whoever sits there.
final class FlowShowing implements Progress, Approver, AutoCloseable {
  private static final long FRAME_MILLIS = 120;

  private final Console console;
  private final boolean isLive;
  private final boolean isSilent;
  private final Optional<Answer> decided;
  private volatile Optional<LiveDrawing> drawing = Optional.empty();
  private int drawn;
  private boolean isOver;

  /// @param quiet show nothing and ask nobody
  /// @param decided what every approval is answered with
  FlowShowing(Console console, boolean quiet, Optional<Answer> decided) {
    this.console = console;
    this.isLive = console.caller().screen().err() && !quiet;
    this.isSilent = quiet;
    this.decided = decided;
  }

  void begin(Flow flow) {
    if (isLive) {
      drawing = Optional.of(new LiveDrawing(flow, console.caller().clock()));
      Thread.ofVirtual().start(this::animate);
    }
  }

  private void animate() {
    try {
      while (frame("running")) {
        Thread.sleep(FRAME_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean frame(String status) {
    if (isOver) {
      return false;
    }
    draw(drawing.map(now -> now.draw(status)).orElse(List.of()));
    return true;
  }

  private void draw(List<String> lines) {
    var err = console.caller().err();
    var screen = console.caller().screen();
    var shown = Window.of(lines, screen.rows() - 1);
    // Each line is written over the old one: erasing first would flicker, and fill the scrollback.
    var frame = new StringBuilder(drawn > 0 ? "\033[" + drawn + "A" : "");
    for (var line : shown) {
      frame.append(Cells.cut(Cells.cleanIndented(line), screen.columns() - 1)).append("\033[K\n");
    }
    frame.append("\033[J");
    drawn = shown.size();
    err.print(frame);
    err.flush();
  }

  @Override
  public void happened(Event event) {
    drawing.ifPresent(now -> now.happened(event));
    if (!isLive && !isSilent) {
      LiveDrawing.line(event).ifPresent(line -> console.note(Cells.clean(line)));
    }
  }

  @Override
  public synchronized Answer ask(Question question) throws IOException {
    if (decided.isPresent()) {
      return decided.get();
    }
    if (isSilent || !isLive || !console.caller().screen().in()) {
      return new Answer.Nobody();
    }
    frame("running");
    var err = console.caller().err();
    question.upstream().ifPresent(text -> err.print("\n" + shown(text) + "\n"));
    err.print("\n" + shown(question.message()) + "\n[a]pprove, [r]eject, or other words to edit: ");
    err.flush();
    var typed =
        new BufferedReader(new InputStreamReader(console.caller().in(), StandardCharsets.UTF_8))
            .readLine();
    drawn = 0;
    return typed == null ? new Answer.Nobody() : decision(typed.strip());
  }

  private static String shown(String text) {
    return String.join("\n", text.lines().map(Cells::clean).toList());
  }

  private static Answer decision(String typed) {
    var whole = typed.equals("a") ? "approve" : typed.equals("r") ? "reject" : typed;
    return FlowAnswers.decision(whole, Optional.empty());
  }

  /// The last picture stays.
  void end(String status) {
    if (isLive) {
      frame(status);
    }
    close();
  }

  @Override
  public synchronized void close() {
    isOver = true;
  }
}
