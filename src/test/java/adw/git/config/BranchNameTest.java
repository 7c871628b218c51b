package adw.git.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BranchNameTest {
  @Test
  void itSaysOfEachNameWhatGitSays() throws Exception {
    for (var name : (Iterable<String>) names()::iterator) {
      var git =
          new ProcessBuilder("git", "check-ref-format", "--branch", name)
              .redirectErrorStream(true)
              .start();
      git.getInputStream().readAllBytes();

      assertThat(BranchName.isValid(name)).as("'%s'", name).isEqualTo(git.waitFor() == 0);
    }
  }

  /// Not `@` alone: that is another word for HEAD where git reads a branch.
  private static Stream<String> names() {
    var parts = "x . .. / // - @{ ~ ^ : ? * [ \\ .lock { } é".split(" ");
    var odd = Stream.of("", " ", "a b", "a\tb", "a\u007fb", "HEAD", "a/HEAD", "x.lock/y", "x/.y");
    var made =
        Arrays.stream(parts)
            .flatMap(part -> Stream.of(part, part + "x", "x" + part, "x" + part + "x"));
    return Stream.concat(odd, made);
  }
}
