package adw.agent.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  private static final int MEBIBYTE = 1 << 20;

  @Test
  void linesThatAreNoJsonArePassedOver() throws IOException {
    var heard =
        read(
            """
            Warning: something
            {"type":"thread.started","thread_id":"t1"}
            {"type":"item.completed","item":{"type":"agent_message","text":"hel
            }{
            {"type":42}
            {"type":"turn.completed","usage":{"input_tokens":1e99999999999}}
            {"type":"turn.completed","usage":{"input_tokens":1e2000000000}}
            {"type":"turn.started"}
            []

            {"type":"item.completed","item":{"type":"agent_message","text":"hello"}}
            {"type":"turn.completed","usage":{"input_tokens":3}}
            """);

    assertThat(heard.text()).isEqualTo("hello");
    assertThat(heard.session()).isEqualTo(Optional.of("t1"));
    assertThat(heard.ended()).isTrue();
  }

  @Test
  void nulBytesDoNoHarm() throws IOException {
    var lines =
        """
        @@{"type":"item.completed","item":{"type":"agent_message","text":"a@b"}}
        @
        @{"type":"turn.completed"}@
        """;

    var heard = read(lines.replace('@', '\0'));

    assertThat(heard.text()).isEqualTo("a\0b");
    assertThat(heard.ended()).isTrue();
  }

  @Test
  void theLastLineNeedsNoEnd() throws IOException {
    assertThat(read("{\"type\":\"turn.completed\"}").ended()).isTrue();
  }

  @Test
  void aLongAnswerIsCutAndSaysSo() throws IOException {
    var heard = read(concat(message(50 * MEBIBYTE, "x"), text("{\"type\":\"turn.completed\"}\n")));

    assertThat(heard.text()).hasSize(MEBIBYTE + CappedText.MARK.length());
    assertThat(heard.text()).endsWith("x\n[cut: longer than 1 MiB]");
    assertThat(heard.ended()).isTrue();
  }

  @Test
  void aCutFallsBetweenCharactersAndNotIntoAnEscape() throws IOException {
    for (var unit : List.of("é", "😀", "\\n", "\\u00e9", "\\\\", "\\\"", "a\\\\\\\"😀")) {
      for (int shift = 0; shift < 7; shift++) {
        var heard =
            read(
                concat(
                    text(
                        "{\"type\":\"item.completed\",\"item\":{\"type\":\"agent_message\",\"text\":\""),
                    text("x".repeat(shift)),
                    new Repeat(unit, 5 * MEBIBYTE / 4 / unit.length()),
                    text("\"},\"z\":\"y\"}\n")));

        assertThat(heard.text()).as("%s after %d", unit, shift).endsWith(CappedText.MARK);
        assertThat(heard.text()).doesNotContain("\ufffd");
      }
    }
  }

  @Test
  void whatIsNotTheAnswerNeedsNoMemoryHoweverLongItIs() throws IOException {
    var tool = "{\"type\":\"item.completed\",\"item\":{\"type\":\"command_execution\",\"out\":\"";

    var heard =
        readWithin(
            32 * MEBIBYTE,
            concat(
                text(tool),
                new Repeat("0123456789abcdef", 6 * MEBIBYTE),
                text("\"}}\n"),
                new Repeat("no json ", 6 * MEBIBYTE),
                text("\n{\"type\":\"turn.completed\"}\n")));

    assertThat(heard.ended()).isTrue();
  }

  @Test
  void manyValuesInAPlaceThatIsKeptAreNotKept() throws IOException {
    var heard =
        readWithin(
            256 * MEBIBYTE,
            concat(
                text("{\"type\":\"item.completed\",\"item\":[1"),
                new Repeat(",1", 10 * MEBIBYTE),
                text("]}\n{\"type\":\"turn.completed\"}\n")));

    assertThat(heard.ended()).isTrue();
  }

  @Test
  void nestingWithoutEndIsPassedOver() throws IOException {
    var heard =
        read(
            concat(
                text("{\"item\":"),
                new Repeat("[", MEBIBYTE),
                text("\n{\"type\":\"turn.completed\"}\n")));

    assertThat(heard.ended()).isTrue();
  }

  @Test
  void anyBytesAreReadToTheEnd() throws IOException {
    var seed = System.nanoTime();
    var random = new Random(seed);
    var sample =
        "{\"type\":\"item.completed\",\"item\":{\"text\":\"a\\u00e9\"}}\n"
            .getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 1000; round++) {
      var bytes = Arrays.copyOf(sample, sample.length);
      for (int i = random.nextInt(8); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      var end = text("\n{\"type\":\"turn.completed\"}\n");

      assertThat(read(concat(new ByteArrayInputStream(bytes), end)).ended())
          .as("seed %d, round %d", seed, round)
          .isTrue();
    }
  }

  @Test
  void plainTextKeepsItsHeadAndItsTail() throws IOException {
    var all = new ArrayList<OutputSoFar>();
    new PlainOutput()
        .read(
            concat(text("first\n"), new Repeat("0123456\n", MEBIBYTE), text("QUESTION: why?\n")),
            all::add);

    var words = all.getLast().text();
    assertThat(words).startsWith("first\n").contains(CappedText.MARK).endsWith("QUESTION: why?");
    assertThat(words.length()).isLessThan(MEBIBYTE + 100);
    assertThat(all.getLast().ended()).isTrue();
  }

  private static OutputSoFar readWithin(long limit, InputStream stream) throws IOException {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var before = threads.getCurrentThreadAllocatedBytes();
    var heard = read(stream);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(limit);
    return heard;
  }

  private static OutputSoFar read(String output) throws IOException {
    return read(text(output));
  }

  private static OutputSoFar read(InputStream output) throws IOException {
    var last = new OutputSoFar[] {OutputSoFar.NOTHING};
    new JsonLines(new CodexJsonl()).read(output, heard -> last[0] = heard);
    return last[0];
  }

  private static InputStream message(int length, String unit) {
    return concat(
        text("{\"type\":\"item.completed\",\"item\":{\"type\":\"agent_message\",\"text\":\""),
        new Repeat(unit, length),
        text("\"}}\n"));
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream concat(InputStream... streams) {
    return new SequenceInputStream(Collections.enumeration(List.of(streams)));
  }

  /// The same bytes again and again, without holding them.
  private static final class Repeat extends InputStream {
    private final byte[] block;
    private final long size;
    private long at;

    Repeat(String unit, long times) {
      block = unit.repeat(8192 / unit.length() + 1).getBytes(StandardCharsets.UTF_8);
      size = times * unit.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public int read() {
      return at == size ? -1 : block[(int) (at++ % block.length)] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      var from = (int) (at % block.length);
      var count = (int) Math.min(Math.min(length, block.length - from), size - at);
      System.arraycopy(block, from, target, offset, count);
      at += count;
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
