package adw.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpliceTest {
  private static List<String> between(String before, String after) {
    return Splice.between(before.getBytes(UTF_8), after.getBytes(UTF_8)).stream()
        .map(
            splice -> splice.start() + "-" + splice.end() + " " + new String(splice.bytes(), UTF_8))
        .toList();
  }

  @Test
  void equalVersionsNeedNone() {
    assertThat(between("[] a\n", "[] a\n")).isEmpty();
    assertThat(between("", "")).isEmpty();
  }

  @Test
  void whatCameAndWhatWentIsOne() {
    assertThat(between("", "[] a\n")).containsExactly("0-0 [] a\n");
    assertThat(between("[] a\n", "")).containsExactly("0-5 ");
    assertThat(between("[] a\n", "[] a\n[] b\n")).containsExactly("5-5 [] b\n");
  }

  @Test
  void linesThatChangedFarFromEachOtherAreSplicedEach() {
    var between = "[] stays as it is, and is long enough to be worth it\n".repeat(3);

    assertThat(between("[] a\n" + between + "[] b\n", "[x] a\n" + between + "[x] b\n"))
        .containsExactly("1-4 x] a", (between.length() + 6) + "-" + (between.length() + 6) + " x");
  }

  @Test
  void whatIsBetweenLeadsFromEachVersionToTheNext() {
    var seed = Long.getLong("adw.seed", System.nanoTime());
    var random = new Random(seed);
    for (var round = 0; round < 2000; round++) {
      var before = lines(random).getBytes(UTF_8);
      var after = lines(random).getBytes(UTF_8);

      assertThat(Splice.apply(before, Splice.between(before, after)))
          .as("seed %d, round %d: %s", seed, round, new String(before, UTF_8))
          .isEqualTo(after);
    }
  }

  private static String lines(Random random) {
    return IntStream.range(0, random.nextInt(6))
        .mapToObj(_ -> "ab\n".repeat(random.nextInt(2)) + "x".repeat(random.nextInt(40)))
        .collect(Collectors.joining("\n"));
  }
}
