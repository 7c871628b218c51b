package adw.cli.flow;

import adw.cli.console.Console;
import adw.cli.console.Viewport;
import adw.flow.definition.Flow;
import adw.flow.drawing.LiveGraph;
import adw.flow.run.Approver;
import adw.flow.run.FlowListener;
import adw.run.ApprovalAnswer;
import adw.text.PlainText;
import adw.text.TextWidth;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Shows a running flow: the graph drawn again and again in a terminal, else a line an event; and
/// asks whoever sits there.
final class FlowDisplay implements FlowListener, Approver, AutoCloseable {
  private static final long FRAME_MILLIS = 120;

  private final Console console;
  private final boolean isLive;
  private final boolean isSilent;
  private final Optional<Answer> decided;

  /// One for all questions: it may have read more than the line that was asked for.
  private final BufferedReader lines;

  private volatile Optional<LiveGraph> drawing = Optional.empty();
  private int drawn;
  private boolean isOver;

  /// @param quiet show nothing and ask nobody
  /// @param decided what every approval is answered with
  FlowDisplay(Console console, boolean quiet, Optional<Answer> decided) {
    this.console = console;
    this.isLive = console.caller().screen().err() && !quiet;
    this.isSilent = quiet;
    this.decided = decided;
    this.lines =
        new BufferedReader(new InputStreamReader(console.caller().in(), StandardCharsets.UTF_8));
  }

  void begin(Flow flow) {
    if (isLive) {
      drawing = Optional.of(new LiveGraph(flow, console.caller().clock()));
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
    var shown = Viewport.of(lines, screen.rows() - 1);
    // Each line is written over the old one: erasing first would flicker, and fill the scrollback.
    var frame = new StringBuilder(drawn > 0 ? "\033[" + drawn + "A" : "");
    for (var line : shown) {
      frame
          .append(TextWidth.cut(PlainText.indentedLine(line), screen.columns() - 1))
          .append("\033[K\n");
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
      LiveGraph.line(event).ifPresent(line -> console.note(PlainText.line(line)));
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
    question.upstream().ifPresent(text -> print("\n" + shown(text) + "\n"));
    print("\n" + shown(question.message()) + "\n");
    var answer = read();
    drawn = 0;
    return answer;
  }

  /// Asks until one of the answers is given, or nobody types any more.
  private Answer read() throws IOException {
    print("[a]pprove, [r]eject: why, or [e]dit: text? ");
    for (var typed = lines.readLine(); typed != null; typed = lines.readLine()) {
      if (ApprovalAnswer.parse(whole(typed.strip())) instanceof ApprovalAnswer.Decision decision) {
        return new Answer.Given(decision, Optional.empty());
      }
      print("not answered yet: say " + ApprovalAnswer.CHOICES + "? ");
    }
    return new Answer.Nobody();
  }

  /// Whoever types `e` alone is asked for the text.
  private String whole(String typed) throws IOException {
    if (!typed.equals("e") && !typed.equals("edit")) {
      return typed;
    }
    print("what instead? ");
    var text = lines.readLine();
    return text == null ? "" : "edit: " + text;
  }

  private void print(String text) {
    console.caller().err().print(text);
    console.caller().err().flush();
  }

  private static String shown(String text) {
    return String.join("\n", text.lines().map(PlainText::line).toList());
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
