package adw.git;

import static org.assertj.core.api.Assertions.assertThat;

import adw.git.config.FirstTrueLine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstTrueLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          src/a.js: 3:7 error: unused x\\n1 problem\\nfixing a.txt      | src/a.js: 3:7 error: unused x
          > lint\\n> eslint .\\n\\n  3:7  error  unused x\\n           | 3:7  error  unused x
          looking\\nlint: 3 problems                                  | lint: 3 problems
          0 errors so far\\nline too long                             | 0 errors so far
          trim trailing whitespace.......Failed\\nfixing a.txt        | trim trailing whitespace.......Failed
          -----\\n***\\nsay why\\nbye                                 | say why
          hint: use -n\\nsigned-off-by is wanted                      | signed-off-by is wanted
          """)
  void theLineThatSaysWhatIsWrongIsFoundWithoutItsColours(String text, String line) {
    var coloured = text.replace("\\n", "\u001b[0m\n\u001b[31m");

    assertThat(FirstTrueLine.find(coloured)).contains(line);
  }
}
