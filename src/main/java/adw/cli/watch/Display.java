package adw.cli.watch;

import adw.cli.console.Console;
import adw.cli.project.Project;
import adw.daemon.context.DaemonListener;
import java.io.IOException;

/// Where a person follows `adw run`: a live table in a terminal, else one line an event.
public interface Display extends DaemonListener, AutoCloseable {
  static Display open(Project project, Console console) throws IOException {
    var screen = console.caller().screen();
    var isTerminal = screen.in() && screen.out();
    return isTerminal ? LiveTable.open(project, console) : new PlainLines(console);
  }

  /// @param base where runs start
  void begin(String base);

  /// What is to happen when the person wants to leave.
  void onLeave(Runnable leave);

  void end(String farewell);

  /// How many runs ended badly while it was looking.
  int failed();

  @Override
  void close();
}
