package adw.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RandomTokenTest {
  @Test
  void noTwoAreTheSame() {
    var tokens = Stream.generate(RandomToken::create).limit(1000).toList();

    assertThat(tokens).doesNotHaveDuplicates().allMatch(token -> token.matches("[0-9a-f]{32}"));
  }
}
