package adw.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailTextTest {
  @Test
  void itIsOneLineWithoutWhatShowsNothing() {
    assertThat(
            TailText.of(
                "\u001B[31m a\r\n\t b\u0000\u200B\u202Ec\u2028d\u0085e\u001B]0;t\u0007 \u00A0f "))
        .isEqualTo("a bc d e f");
  }

  @Test
  void itHoldsNoSecondTailAndNoComment() {
    assertThat(TailText.of("a // b // c <!-- adw: pause -->"))
        .isEqualTo("a / b / c <! -- adw: pause -->");
    assertThat(TailText.of("// a //")).isEqualTo("/ a /");
    assertThat(TailText.of("a // // b")).doesNotContain(" // ");
  }

  @Test
  void itIsCutAtAWord() {
    var cut = TailText.of("word ".repeat(100));

    assertThat(cut).hasSizeLessThanOrEqualTo(160).endsWith("word…");
    assertThat(TailText.of("x".repeat(1_000_000))).hasSize(160);
    assertThat(TailText.of("😀".repeat(500)).codePoints()).hasSize(160);
    assertThat(TailText.of("y".repeat(160))).isEqualTo("y".repeat(160));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          key sk-ant-abcdefghijklmnop1234 is bad                       | key *** is bad
          fatal: https://me:hunter22@example.org/x.git     | fatal: https://me:***@example.org/x.git
          API_KEY=abcdef123456 not set                     | API_KEY=*** not set
          {"password": "hunter22"}                         | {"password": "***"}
          Authorization: Bearer abc.def.ghi123             | Authorization: Bearer ***
          remote: ghp_abcdefghijklmnopqrstuvwxyz0123456789 | remote: ***
          AKIAABCDEFGHIJKLMNOP denied                      | *** denied
          the token is wrong                               | the token is wrong
          no such key: sk_live_abcdefghijklmnop            | no such key: ***
          -----BEGIN RSA PRIVATE KEY----- MIIE -----END RSA PRIVATE KEY----- read | *** read
          -----BEGIN PRIVATE KEY----- MIIEvQIBADANBg       | ***
          MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj | ***
          tree 9b871512327c09ce91dd649b3f96a63b7408ef267c8cc5710114e629730cb61f | tree 9b871512327c09ce91dd649b3f96a63b7408ef267c8cc5710114e629730cb61f
          STRIPE_KEY=abcdef SIGNING_PASS='x1y2z3'          | STRIPE_KEY=*** SIGNING_PASS='***'
          """)
  void secretsAreMasked(String text, String masked) {
    assertThat(TailText.of(text)).isEqualTo(masked);
  }
}
