package adw.flow.definition;

import adw.json.Json;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON value as the validator of schemas looks at it.
///
/// @param getJsonPointer where in its document it stands (RFC 6901)
record SchemaValueNode(Json value, String getJsonPointer) implements JsonNode {
  /// Makes them of our values and of text.
  static final class Factory implements JsonNodeFactory {
    @Override
    public JsonNode wrap(Object node) {
      return new SchemaValueNode(
          node instanceof SchemaValueNode other ? other.value : (Json) node, "");
    }

    @Override
    public JsonNode create(String text) {
      return new SchemaValueNode(Json.parse(text), "");
    }
  }

  @Override
  public SimpleType getNodeType() {
    return switch (value) {
      case Json.Obj _ -> SimpleType.OBJECT;
      case Json.Arr _ -> SimpleType.ARRAY;
      case Json.Str _ -> SimpleType.STRING;
      case Json.Num _ -> asNumber().scale() <= 0 ? SimpleType.INTEGER : SimpleType.NUMBER;
      case Json.Bool _ -> SimpleType.BOOLEAN;
      case Json.Null _ -> SimpleType.NULL;
    };
  }

  @Override
  public boolean asBoolean() {
    return value instanceof Json.Bool(var flag) && flag;
  }

  @Override
  public String asString() {
    return value instanceof Json.Str(var text) ? text : value.write();
  }

  @Override
  public BigInteger asInteger() {
    return asNumber().toBigInteger();
  }

  /// Without zeros at its end: 1.0 is the integer 1.
  @Override
  public BigDecimal asNumber() {
    return ((Json.Num) value).value().stripTrailingZeros();
  }

  @Override
  public List<JsonNode> asArray() {
    var items = ((Json.Arr) value).items();
    var nodes = new ArrayList<JsonNode>(items.size());
    for (var item : items) {
      nodes.add(new SchemaValueNode(item, getJsonPointer + "/" + nodes.size()));
    }
    return nodes;
  }

  @Override
  public Map<String, JsonNode> asObject() {
    var nodes = new LinkedHashMap<String, JsonNode>();
    ((Json.Obj) value)
        .members()
        .forEach((name, member) ->
            nodes.put(
                name,
                new SchemaValueNode(
                    member, getJsonPointer + "/" + JsonNode.encodeJsonPointer(name))));
    return nodes;
  }
}
