package adw.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void aPageHasAMemberALineAndItsValueOnThat() {
    var value = Json.parseObject("{\"a\":[1,{\"b\":{}}],\"c\":\"d\\n\"}");

    assertThat(Json.writePage(value))
        .isEqualTo("{\n  \"a\" : [1,{\"b\":{}}],\n  \"c\" : \"d\\n\"\n}\n");
  }

  @Test
  void whatIsWrittenOnALineComesBackAsItWas() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (var i = 0; i < 500; i++) {
      var value = value(random, 3);

      var line = line(value);

      assertThat(line.indexOf('\n')).as("seed %d", seed).isEqualTo(-1);
      assertThat(Json.parseObject(line).members())
          .as("seed %d", seed)
          .containsOnly(Map.entry("v", value));
    }
  }

  @Test
  void halfACharacterDoesNotSpoilTheLine() {
    var line = line(new Json.Arr(List.of(new Json.Str("a\uDF76b\uD83D"), new Json.Str("😀"))));

    assertThat(line).isEqualTo("{\"v\":[\"a\uFFFDb\uFFFD\",\"😀\"]}");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "20, 20",
    "0.001, 0.001",
    "12.5, 12.5",
    "0.30000000000000004, 0.3",
    "0.000000001, 0.000000001",
    "1e-10, 0"
  })
  void moneyIsWrittenInBillionthsAtMost(double usd, String text) {
    assertThat(Json.Num.ofDollars(usd).write()).isEqualTo(text);
  }

  private static String line(Json value) {
    return Json.Obj.empty().with("v", value).write();
  }

  private static Json value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> new Json.Null();
      case 1 -> new Json.Bool(random.nextBoolean());
      case 2 -> Json.Num.of(random.nextInt(1000));
      case 3 -> new Json.Str(text(random));
      case 4 -> {
        List<Json> items = new ArrayList<>();
        for (var i = random.nextInt(4); i > 0; i--) {
          items.add(value(random, depth - 1));
        }
        yield new Json.Arr(items);
      }
      default -> {
        var members = new LinkedHashMap<String, Json>();
        for (var i = random.nextInt(4); i > 0; i--) {
          members.put(text(random), value(random, depth - 1));
        }
        yield new Json.Obj(members);
      }
    };
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (var i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(
          random.nextInt(3) == 0
              ? random.nextInt(0xD800)
              : "a\"\\\n\t\u0001é😀".codePointAt(random.nextInt(8)));
    }
    return text.toString();
  }

  private static void assertWrong(String text, String start) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith(start);
  }
}
