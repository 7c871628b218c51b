package adw.spend;

import static org.assertj.core.api.Assertions.assertThat;

import adw.run.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private StateFolder state;
  private Ledger ledger;

  @BeforeEach
  void open() throws IOException {
    state = new StateFolder(folder);
    ledger = state.openLedger();
  }

  @Test
  void whatWasSpentOnADayIsFoundInALedgerOfMonths() throws Exception {
    writeHours(24 * 90);
    var day = LocalDate.of(2026, 3, 20);

    assertThat(ledger.day(day, ZoneOffset.UTC).calls()).isEqualTo(24);
    assertThat(ledger.day(day, ZoneId.of("Asia/Tokyo")).calls()).isEqualTo(24);
    assertThat(ledger.day(LocalDate.of(2026, 1, 1), ZoneOffset.UTC).calls()).isEqualTo(24);
    assertThat(ledger.day(LocalDate.of(2027, 1, 1), ZoneOffset.UTC)).isEqualTo(Usage.NONE);
  }

  @Test
  void onlyTheLastEntriesAreReadForToday() throws Exception {
    writeHours(24 * 90);

    var place = ledger.findPlace(BEGIN.plusSeconds(89 * 86_400));

    assertThat(Files.size(state.ledger()) - place).isBetween(24L * 150, 200_000L);
    assertThat(times(place).getFirst()).isBefore(BEGIN.plusSeconds(89 * 86_400));
    assertThat(ledger.findPlace(Instant.EPOCH)).isZero();
  }

  @Test
  void linesThatAreNoEntriesAreReadOver() throws Exception {
    ledger.add(entry(BEGIN, 1.5));
    append(
        """
        {"at":"2026-99-01T00:00:00Z","run":"r"}
        {"at":"aaaa-bb-ccTdd:ee:ffZ","run":"r"}
        noise
        """);
    append(
        "{\"at\":\"2026-01-01T01:00:00.5Z\",\"run\":\"r\",\"usage\":{\"usd\":1}}\n{\"at\":\"2026-");

    assertThat(times(0)).containsExactly(BEGIN, Instant.parse("2026-01-01T01:00:00.5Z"));
    ledger.add(entry(BEGIN.plusNanos(7_000_001), 2));
    assertThat(ledger.sum(_ -> true).usd()).isEqualTo(4.5);
    assertThat(times(0).getLast()).isEqualTo(BEGIN.plusNanos(7_000_001));
  }

  @Test
  void longLinesAndManyAreReadWhole() throws Exception {
    writeHours(2_000);
    append("{\"at\":\"2027-01-01T00:00:00Z\",\"run\":\"" + "ä".repeat(100_000) + "\"}\n");

    assertThat(times(0)).hasSize(2_001);
    assertThat(ledger.read(0, _ -> {})).isEqualTo(Files.size(state.ledger()));
  }

  private List<Instant> times(long place) throws IOException {
    var times = new ArrayList<Instant>();
    ledger.read(place, entry -> times.add(entry.at()));
    return times;
  }

  private void writeHours(int hours) throws IOException {
    var line = entry(BEGIN, 0.25).toJson().write() + "\n";
    var text = new StringBuilder();
    for (var hour = 0; hour < hours; hour++) {
      text.append(line.replace(BEGIN.toString(), BEGIN.plusSeconds(3600L * hour).toString()));
    }
    append(text.toString());
  }

  private void append(String text) throws IOException {
    Files.writeString(state.ledger(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void aLineOfMoreThanAMebibyteCountsForNothingAndIsNamed() throws Exception {
    ledger.add(entry(BEGIN, 1));
    Files.writeString(state.ledger(), "x".repeat(3 << 20) + "\n", StandardOpenOption.APPEND);
    ledger.add(entry(BEGIN, 2));

    assertThat(ledger.sum(_ -> true).usd()).isEqualTo(3);
    assertThat(state.damages().sentences())
        .containsExactly(
            state.ledger() + ": a line of more than 1 MiB counts for nothing (take it out)");
  }

  private static Ledger.Entry entry(Instant at, double usd) {
    return new Ledger.Entry(at, "r", "", "claude", "", new Usage(1, 2, 3, usd, 1));
  }
}
