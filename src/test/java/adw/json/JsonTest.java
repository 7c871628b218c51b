package adw.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.run.RunException;
import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void peopleGetOneMemberALine() {
    var value = Json.parse("{\"a\":[1,{\"b\":{}},[]],\"c\":{\"d\":null}}");

    assertThat(Json.parse(value.writePretty())).isEqualTo(value);
    assertThat(value.writePretty())
        .isEqualTo(
            """
            {
              "a" : [ 1, {
                "b" : { }
              }, [ ] ],
              "c" : {
                "d" : null
              }
            }\
            """);
  }

  @Test
  void whatIsNoJsonIsNamedWithItsPlace() {
    assertWrong("{\"a\": 1,\n \"b\" 2}", "2:");
    assertWrong("[1,\r\n2,]", "2:");
    assertWrong("[1e99999999999]", "no JSON: a number");
    assertWrong("", "no JSON: empty text");
  }

  @Test
  void numbersKeepTheirDigits() {
    var number = "123456789012345678901234567890.10";

    assertThat(Json.parse(number).write()).isEqualTo(number);
    assertThat(Json.Num.of(0.00001).write()).isEqualTo("0.000010");
    assertThat(new Json.Num("-7.9").longValue()).isEqualTo(-7);
  }

  private static void assertWrong(String text, String start) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith(start);
  }
}
