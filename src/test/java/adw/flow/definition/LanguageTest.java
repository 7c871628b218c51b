package adw.flow.definition;

import static org.assertj.core.api.Assertions.assertThat;

import adw.json.Json;
import adw.json.JsonInText;
import adw.json.JsonMembers;
import adw.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Placeholders, conditions and the JSON in prose.
class LanguageTest {
  private static final TemplateScope SCOPE =
      new TemplateScope(
          Json.parseObject(
              "{\"n\":5,\"text\":\"hello\",\"empty\":\"\",\"list\":[1,{\"k\":[2]}],\"none\":[],\"yes\":true,\"nil\":null}"),
          id ->
              id.equals("a") ? Optional.of(PhaseResult.done("Sure: {\"v\": 2}")) : Optional.empty(),
          Optional.of("before"),
          Map.of("item", Json.parse("{\"file\":\"x.ts\"}")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{args.text} | hello",
        "{args.n} and {args.list.1.k.0} | 5 and 2",
        "{args.list.length} {args.list.2} | 2 {args.list.2}",
        "{args.nil}. | .",
        "{ args.n } | { args.n }",
        "{{args.n}} | {5}",
        "\\{args.n} | \\5",
        "{steps.a.json.v} {steps.b.output} | 2 {steps.b.output}",
        "{previous.output} {previous.json} | before {previous.json}",
        "{item.file} {item.none} {other} | x.ts {item.none} {other}",
        "{args.text.length} {args.} {.n} {} | {args.text.length} {args.} {.n} {}",
      })
  void placeholdersAreFilledOnceAndUnknownOnesStay(String template, String filled) {
    assertThat(Template.of(template).fill(SCOPE, _ -> {})).isEqualTo(filled);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '~',
      value = {
        "{args.n} == '5' => true",
        "{args.n} == 5.0 => true",
        "'10' < '9' => false",
        "b > a => true",
        "{args.missing} == '' => true",
        "{args.missing} => false",
        "{args.none} => false",
        "{args.yes} && {args.n} > 3 => true",
        "true == 1 => false",
        "1e3 == 1000 => true",
        ".5 == 0.5 => true",
        "Infinity > 5 => true",
        "1 == 1 || 1 == 2 && 1 == 2 => true",
        "(1 == 1 || 1 == 2) && 1 == 2 => false",
        "a-b == a-b => true",
        "'it\\'s' == \"it's\" => true",
        "{ args.n } == 5 => true",
        "{} => false",
        "off => false",
        "nope => true",
      })
  void conditionsCompareNumbersAsNumbersAndTheRestAsText(String condition, boolean holds) {
    assertThat(Condition.of(condition).problem()).isEmpty();
    assertThat(Condition.of(condition).holds(SCOPE)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a = b | unexpected '='",
        "((( | unexpected end",
        "{args.n | the brace at 1 is not closed",
        "'open | the quote at 1 is not closed",
        "(true | unexpected end",
        "true) | unexpected ')'",
        "&& true | unexpected '&&'",
        "true false | unexpected false",
        "1 < 2 < 3 | unexpected '<'",
      })
  void conditionsThatCannotBeReadSayWhy(String condition, String problem) {
    assertThat(Condition.of(condition).problem()).contains(problem);
  }

  @Test
  void deepConditionsAreRefusedAndNotFollowed() {
    assertThat(Condition.of("(".repeat(100_000)).problem()).contains("nested more than 200 deep");
    assertThat(Condition.of("!".repeat(100_000) + "true").problem())
        .contains("nested more than 200 deep");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Here: [1,2] enjoy | [1,2]",
        "```json\\n{\"a\":1}\\n``` | {\"a\":1}",
        "42 | 42",
        "\"q\" | \"q\"",
        "[1] and [2] | none",
        "no json | none",
        "x {\"a\":[1]} y | {\"a\":[1]}",
      })
  void jsonIsFoundInProse(String text, String json) {
    assertThat(JsonInText.find(text.replace("\\n", "\n")).map(Json::write).orElse("none"))
        .isEqualTo(json);
  }

  @Test
  void linesOfARecordComeBackAsTheyWere() throws Exception {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (var i = 0; i < 500; i++) {
      var value = value(random, 3);

      var line = line(value);

      assertThat(line.indexOf('\n')).as("seed %d", seed).isEqualTo(line.length() - 1);
      assertThat(Json.parseObject(line).members())
          .as("seed %d", seed)
          .containsOnly(Map.entry("v", value));
    }
  }

  @Test
  void halfACharacterDoesNotSpoilTheLine() throws Exception {
    var line = line(new Json.Arr(List.of(new Json.Str("a\uDF76b\uD83D"), new Json.Str("😀"))));

    assertThat(line).isEqualTo("{\"v\":[\"a\uFFFDb\uFFFD\",\"😀\"]}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "20, 20",
    "0.001, 0.001",
    "12.5, 12.5",
    "0.30000000000000004, 0.3",
    "1e-10, 0"
  })
  void moneyIsWrittenInBillionthsAtMost(double usd, String text) throws Exception {
    var bytes = new ByteArrayOutputStream();

    new JsonText().writeLine(out -> out.putDollars("usd", usd), new DataOutputStream(bytes));

    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("{\"usd\":" + text + "}\n");
    assertThat(JsonMembers.tree(out -> out.putDollars("usd", usd)).write())
        .isEqualTo("{\"usd\":" + text + "}");
  }

  private static String line(Json value) throws IOException {
    var bytes = new ByteArrayOutputStream();
    new JsonText().writeLine(out -> out.put("v", value), new DataOutputStream(bytes));
    return bytes.toString(StandardCharsets.UTF_8);
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
}
