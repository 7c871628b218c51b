package adw.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineLogTest {
  @TempDir Path folder;

  private LineLog log;

  @BeforeEach
  void open() {
    log = new LineLog(folder.resolve("log.jsonl"));
  }

  @Test
  void aFileThatWasNeverWrittenHasNoLines() throws IOException {
    assertThat(lines()).isEmpty();
  }

  @Test
  void aLineThatACrashCutOffDoesNotTakeTheNextWithIt() throws IOException {
    log.append("one");
    Files.writeString(log.file(), "one\ntw");

    log.append("three");
    log.appendUnsynced("four");

    assertThat(Files.readString(log.file())).isEqualTo("one\ntw\nthree\nfour\n");
  }

  @Test
  void whoHoldsTheFileOpenEndsTheLineThatWasCutOffToo() throws IOException {
    Files.writeString(log.file(), "on");

    try (var held = log.open()) {
      held.append("two");
      held.appendUnsynced("three");
      held.append("four");
    }

    assertThat(Files.readString(log.file())).isEqualTo("on\ntwo\nthree\nfour\n");
  }

  @Test
  void blankLinesSayNothingAndStrangeBytesDoNoHarm() throws IOException {
    Files.write(log.file(), new byte[] {'a', '\n', '\n', (byte) 0xff, '\n'});

    assertThat(lines()).containsExactly("a", "\uFFFD");
  }

  @Test
  void aFolderInItsPlaceIsNamedWithTheCure() throws IOException {
    Files.createDirectory(log.file());

    assertThatThrownBy(this::lines)
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContaining("log.jsonl")
        .hasMessageContaining("is a folder");
  }

  private List<String> lines() throws IOException {
    var lines = new ArrayList<String>();
    log.forEach(lines::add);
    return lines;
  }
}
