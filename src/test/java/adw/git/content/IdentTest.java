package adw.git.content;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import adw.LinearTime;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentTest {
  private static final ObjectId ID =
      ObjectId.fromString("0123456789012345678901234567890123456789");
  private static final String FILLED = "$Id: " + ID.name() + " $";

  private static String toWorktree(String blob) {
    return new String(Ident.toWorktree(blob.getBytes(US_ASCII), ID), US_ASCII);
  }

  private static String toBlob(String file) {
    return new String(Ident.toBlob(file.getBytes(US_ASCII)), US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$Id$", "a $Id$ b", "$Id$$Id$", "$Id: 00 $", "$Id$\nx\n$Id$\n"})
  void eachMarkIsFilledAndEmptiedAgain(String blob) {
    var file = toWorktree(blob);

    assertThat(file).contains(FILLED);
    assertThat(toBlob(file)).isEqualTo(blob.replace("$Id: 00 $", "$Id$"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$Id", "$ID$", "Id$", "$Idx$", "$Id: a", "$Id: a b c $", "$$Id$", "$"})
  void whatIsNoMarkOfGitStays(String blob) {
    assertThat(toWorktree(blob)).isEqualTo(blob);
  }

  @Test
  void aMarkEndsInItsLine() {
    assertThat(toWorktree("$Id: a\n$ $Id$")).isEqualTo("$Id: a\n$ " + FILLED);
    assertThat(toBlob("$Id: a\n$ " + FILLED)).isEqualTo("$Id: a\n$ $Id$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$", "$Id", "$Id:", "$Id: a", "$Id$", "$Id: a\n", "I"})
  void bothWaysTakeLinearTime(String piece) throws Exception {
    LinearTime.assertLinear(
        200_000,
        n -> {
          var text = piece.repeat(n / piece.length());
          return () -> assertThat(toBlob(toWorktree(text))).isNotEmpty();
        });
  }
}
