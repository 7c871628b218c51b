package adw.cli;

import adw.daemon.Listener;
import adw.run.Event;

/// Lets a command say what a daemon would have said; steps of runs are not its business.
record Notices(Console console) implements Listener {
  @Override
  public void happened(Event event) {}

  @Override
  public void noticed(String notice) {
    console.warn(Cells.clean(notice));
  }
}
