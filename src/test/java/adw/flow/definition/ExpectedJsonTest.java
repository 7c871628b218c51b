package adw.flow.definition;

import static org.assertj.core.api.Assertions.assertThat;

import adw.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedJsonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"type":"object"} | [1] | object expected, not [1]
          {"type":["string","null"]} | 3 | string or null expected, not 3
          {"type":"integer"} | 1.5 | integer expected, not 1.5
          {"properties":{"level":{"enum":["high","low"]}}} | {"level":"urgent"} | level: one of high, low expected, not "urgent"
          {"const":"yes"} | "no" | yes expected, not "no"
          {"items":{"minimum":1}} | [1,0] | [1]: at least 1 expected, not 0
          {"properties":{"a/b":{"items":{"maximum":1.5}}}} | {"a/b":[2]} | a/b[0]: at most 1.5 expected, not 2
          {"minLength":2} | "x" | at least 2 characters expected, not "x"
          {"maxItems":1} | [1,2] | at most 1 items expected, not [1,2]
          {"required":["a","b"]} | {"a":1} | 'b' is missing
          {"properties":{"in":{"required":["n"]}}} | {"in":{}} | in: 'n' is missing
          {"additionalProperties":false} | {"x":1} | x: nothing expected, not 1
          {"anyOf":[{"type":"string"},{"type":"null"}]} | 3 | one of 2 shapes expected, not 3
          {"oneOf":[{"minimum":1},{"minimum":2}]} | 3 | Value matches against more than one schema. Matched schema indexes [0, 1]
          {"allOf":[{"type":"string"}]} | 3 | string expected, not 3
          {"contains":{"const":1}} | [2] | Array contains no matching items
          {"if":{"const":1},"then":true,"else":{"const":2}} | 3 | 2 expected, not 3
          {"items":{"pattern":"^a"}} | ["b"] | [0]: "b" does not match regular expression [^a]
          {"$defs":{"n":{"maximum":1}},"items":{"$ref":"#/$defs/n"}} | [2] | [0]: at most 1 expected, not 2
          """)
  void whatDoesNotFitIsNamedWithItsPlaceAndWhatWasExpected(
      String schema, String value, String problem) {
    assertThat(new ExpectedJson(Json.parseObject(schema)).problem(Json.parse(value)))
        .contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"type":"integer"} | 1.0
          {"enum":[1]} | 1.00
          {"const":{"a":[1,null]}} | {"a":[1,null]}
          {"maxLength":1} | "😀"
          {"anyOf":[{"type":"string"},{"minimum":3}]} | 3
          {"uniqueItems":true} | [1,"1",true,null]
          {"$defs":{"tree":{"properties":{"in":{"$ref":"#/$defs/tree"}}}},"$ref":"#/$defs/tree"} | {"in":{"in":{}}}
          {"$schema":"http://json-schema.org/draft-07/schema#","type":"string"} | "x"
          """)
  void whatFitsHasNoProblem(String schema, String value) {
    assertThat(new ExpectedJson(Json.parseObject(schema)).problem(Json.parse(value))).isEmpty();
  }

  @Test
  void aLongValueIsShortened() {
    var problem = new ExpectedJson(Json.parseObject("{\"type\":\"null\"}"));

    assertThat(problem.problem(new Json.Str("x".repeat(100))))
        .contains("null expected, not \"" + "x".repeat(59) + "…");
  }
}
