package adw.flow.definition;

import static org.assertj.core.api.Assertions.assertThat;

import adw.json.Json;
import adw.json.JsonInText;
import java.util.Map;
import java.util.Optional;
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
}
