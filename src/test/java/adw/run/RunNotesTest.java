package adw.run;

import static org.assertj.core.api.Assertions.assertThat;

import adw.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The members of `run.json` keep their names: records of every older adw are read for ever.
class RunNotesTest {
  @Test
  void eachNoteHasTheNameThatRecordsHaveAlwaysHad() {
    var notes =
        RunNotes.NONE
            .withMarker("⏰ one")
            .withGroup(new RunNotes.Group("release", 4))
            .withNext("adw_1a2b3c4d")
            .withStarts(2)
            .withExcused(1)
            .withRateLimits(3)
            .withCopied(List.of(".env"))
            .asUnkept(true)
            .asContinued()
            .asReopened(true)
            .asBaseCheck()
            .withGood(new RunNotes.Good("c1", "c2", 5));

    assertThat(notes.members().write())
        .isEqualTo(
            """
            {"marker":"⏰ one","group":{"name":"release","usd":4.0},"next":"adw_1a2b3c4d","starts":2,\
            "excused":1,"limits":3,"copied":[".env"],"unkept":true,"continued":true,"reopened":true,\
            "base-check":true,"good":"c1","goodTip":"c2","goodRound":5}\
            """);
    assertThat(new RunNotes(Json.parseObject(notes.members().write()))).isEqualTo(notes);
  }

  @Test
  void whatIsNotNotedHasItsUsualMeaning() {
    assertThat(RunNotes.NONE.starts()).isZero();
    assertThat(RunNotes.NONE.good()).isEmpty();
    assertThat(RunNotes.NONE.isReopened()).isFalse();
    assertThat(RunNotes.NONE.asReopened(true).asReopened(false)).isEqualTo(RunNotes.NONE);
    var old = new RunNotes(Json.parseObject("{\"good\":\"c1\"}"));
    assertThat(old.good()).contains(new RunNotes.Good("c1", "c1", 1));
  }

  @Test
  void aMemberThatOnlyANewerAdwKnowsIsKept() {
    var notes = new RunNotes(Json.parseObject("{\"later\":{\"a\":[1]},\"starts\":1}"));

    assertThat(notes.withStarts(2).members().write())
        .isEqualTo("{\"later\":{\"a\":[1]},\"starts\":2}");
  }
}
