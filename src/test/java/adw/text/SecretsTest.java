package adw.text;

import static org.assertj.core.api.Assertions.assertThat;

import adw.LinearTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource({
    "key sk-abcdefghijklmnop1234 was refused, key *** was refused",
    "ghp_abcdefghijklmnopqrst1234, ***",
    "AKIAABCDEFGHIJKLMNOP!, ***!",
    "STRIPE_KEY=abcd1234 here, STRIPE_KEY=*** here",
    "password: hunter22, password: ***",
    "'{\"apiKey\": \"abcd1234\"}', '{\"apiKey\": \"***\"}'",
    "Authorization: Bearer abcdefgh12345, Authorization: Bearer ***",
    "https://ada:hunter2@example.org/x, https://ada:***@example.org/x"
  })
  void whatLooksLikeASecretIsMasked(String text, String masked) {
    assertThat(Secrets.mask(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the token is missing",
        "0123456789012345678901234567890123456789 is a commit",
        "https://example.org:8080/x",
        "the key is under the mat",
        "sk-short"
      })
  void whatDoesNotStays(String text) {
    assertThat(Secrets.mask(text)).isEqualTo(text);
  }

  @Test
  void ofAKeyNothingIsLeft() {
    assertThat(
            Secrets.mask(
                "a -----BEGIN RSA PRIVATE KEY----- MIIE abc= -----END RSA PRIVATE KEY----- b"))
        .isEqualTo("a *** b");
    assertThat(Secrets.mask("a -----BEGIN PRIVATE KEY----- MIIE abc")).isEqualTo("a ***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-",
        "a",
        "A_",
        "eyJa.",
        "-----BEGIN PRIVATE KEY-----",
        "token",
        "token=",
        "://",
        "://a:",
        "bearer ",
        "password ",
        "-----END",
        "x@",
        "Aa0/"
      })
  void maskingTakesLinearTime(String piece) throws Exception {
    LinearTime.assertLinear(
        20_000,
        n -> {
          var text = piece.repeat(n / piece.length());
          return () -> assertThat(Secrets.mask(text)).isNotEmpty();
        });
  }
}
