package adw.text;

import java.time.InstantSource;
import java.time.ZoneId;

/// What time it is, and how people here read it.
public interface LocalClock {
  InstantSource clock();

  /// Asked only where a time is shown or named: the table of time zones takes longer to load than a
  /// short command to run.
  ZoneId zone();
}
