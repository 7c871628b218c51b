package adw.cli.project;

import adw.cli.console.Console;
import adw.daemon.context.DaemonListener;
import adw.run.RunEvent;
import adw.text.PlainText;

/// Lets a command say what a daemon would have said; steps of runs are not its business.
public record NoticeListener(Console console) implements DaemonListener {
  @Override
  public void happened(RunEvent event) {}

  @Override
  public void noticed(String notice) {
    console.warn(PlainText.line(notice));
  }
}
