package adw.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  private static final String ID = "adw_00000001";

  @TempDir Path folder;

  @Test
  void aLineThatAPowerCutLeftHalfHidesNoOther() throws Exception {
    var state = StateFolder.of(folder).create();
    var events = new EventLog(state);
    var first = RunEvent.of(Instant.EPOCH, ID, "claimed");
    var last = RunEvent.of(Instant.EPOCH, ID, "reported");
    events.append(first);
    var file = state.run(ID).resolve("events.jsonl");
    Files.writeString(file, "{\"at\": \"2026-", StandardOpenOption.APPEND);

    events.append(last);

    assertThat(events.read(ID)).isEqualTo(List.of(first, last));
  }
}
