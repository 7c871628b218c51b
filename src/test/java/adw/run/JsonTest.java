package adw.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Our reader and writer beside a library's, and what they say of texts that are no JSON.
final class JsonTest {
  private static final JsonFactory FACTORY = new JsonFactory();

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"a\"",
    "\"b\\n\"",
    "\"\\u00e4\"",
    "\"\\x\"",
    "\"",
    "1",
    "-0",
    "01",
    "1.5",
    "1.",
    ".5",
    "2e3",
    "2E-3",
    "-",
    "+1",
    "true",
    "false",
    "null",
    "nul",
    " ",
    "\n",
    "\r\n",
    "\t",
    "//x\n",
    "/*x*/",
    "é",
    "\u0001",
    "\"\u0001\"",
    "\uFEFF",
    "\\",
    "'",
    "NaN",
    "123456789012345678901234567890"
  };

  @Test
  void textsAreReadAndRefusedAsALibraryDoes() {
    for (var seed = 0; seed < 30_000; seed++) {
      var text = seed % 2 == 0 ? pieces(new Random(seed)) : broken(new Random(seed));

      assertThat(ours(text)).as("seed %d: %s", seed, text).isEqualTo(theirs(text));
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (var seed = 0; seed < 2_000; seed++) {
      var value = value(new Random(seed), 4);

      assertThat(Json.parse(value.write())).as("seed %d", seed).isEqualTo(value);
      assertThat(Json.parse(value.writePretty())).as("seed %d", seed).isEqualTo(value);
      assertThat(theirs(value.write())).as("seed %d", seed).hasValue(value);
    }
  }

  @Test
  void textsAreEscapedAsALibraryDoes() {
    var text = new StringBuilder();
    for (var c = 0; c < 0x180; c++) {
      text.append((char) c);
    }
    var out = new java.io.StringWriter();
    try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      generator.writeString(text.toString());
    }

    assertThat(new Json.Str(text.toString()).write()).isEqualTo(out.toString());
  }

  @Test
  void peopleGetOneMemberALine() {
    var value = Json.parse("{\"a\":[1,{\"b\":{}},[]],\"c\":{\"d\":null}}");

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
    assertWrong("", "1:1: no JSON: the text is empty");
    assertWrong(
        "{\"a\": 1,\n \"b\" 2}", "2:6: no JSON: a colon is expected after the name \"b\", not '2'");
    assertWrong("[1,\r\n2,]", "2:3: no JSON: a comma before ']'");
    assertWrong("[1 2]", "1:4: no JSON: a comma or ']' is expected, not '2'");
    assertWrong("{'a': 1}", "1:2: no JSON: a name in double quotes is expected, not '''");
    assertWrong(
        "[\"a\nb\"]", "1:4: no JSON: a line end inside a text (write \\n, or close the quote)");
    assertWrong("[\"a", "1:2: no JSON: the text that begins here has no end quote");
    assertWrong(
        "\"\\d\"",
        "1:3: no JSON: no such escape: a backslash before 'd' (a backslash itself is \\\\)");
    assertWrong("[1] x", "1:5: no JSON: more follows after the value");
    assertWrong("[1e99999999999]", "1:15: no JSON: a number too large or too small: 1e99999999999");
    assertWrong("[".repeat(501), "1:502: no JSON: nested deeper than 500");
  }

  @Test
  void halfOfAPairIsKept() {
    assertThat(Json.parse("\"\\ud83d\\ude00 \\ud83d\"")).isEqualTo(new Json.Str("😀 \ud83d"));
  }

  @Test
  void numbersKeepTheirDigits() {
    var number = "123456789012345678901234567890.10";

    assertThat(Json.parse(number).write()).isEqualTo(number);
    assertThat(Json.Num.of(0.00001).write()).isEqualTo("0.000010");
    assertThat(new Json.Num("-7.9").longValue()).isEqualTo(-7);
  }

  private static void assertWrong(String text, String message) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(RunException.class).hasMessage(message);
  }

  private static String pieces(Random random) {
    var text = new StringBuilder();
    for (var i = random.nextInt(8); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /// A good text with one place changed.
  private static String broken(Random random) {
    var text = new StringBuilder(value(random, 3).write());
    var at = random.nextInt(text.length());
    switch (random.nextInt(3)) {
      case 0 -> text.deleteCharAt(at);
      case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
      default -> {} // stays good
    }
    return text.toString();
  }

  private static Json value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 7)) {
      case 0 -> new Json.Str(pieces(random));
      case 1 -> Json.Num.of(random.nextLong());
      case 2 -> Json.Num.of(random.nextGaussian());
      case 3 -> new Json.Bool(random.nextBoolean());
      case 4 -> new Json.Null();
      case 5 -> {
        var items = new ArrayList<Json>();
        for (var i = random.nextInt(4); i > 0; i--) {
          items.add(value(random, depth - 1));
        }
        yield new Json.Arr(items);
      }
      default -> {
        var members = new LinkedHashMap<String, Json>();
        for (var i = random.nextInt(4); i > 0; i--) {
          members.put(pieces(random), value(random, depth - 1));
        }
        yield new Json.Obj(members);
      }
    };
  }

  private static Optional<Json> ours(String text) {
    try {
      return Optional.of(Json.parse(text));
    } catch (RunException _) {
      return Optional.empty();
    }
  }

  private static Optional<Json> theirs(String text) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      var value = read(parser);
      return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (JacksonException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Json read(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var members = new LinkedHashMap<String, Json>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          var name = parser.currentName();
          parser.nextToken();
          members.put(name, read(parser));
        }
        yield new Json.Obj(members);
      }
      case START_ARRAY -> {
        var items = new ArrayList<Json>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(read(parser));
        }
        yield new Json.Arr(items);
      }
      case VALUE_STRING -> new Json.Str(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Json.Num.parse(parser.getString());
      case VALUE_TRUE -> new Json.Bool(true);
      case VALUE_FALSE -> new Json.Bool(false);
      default -> new Json.Null();
    };
  }
}
