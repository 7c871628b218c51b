package adw.flow;

import adw.run.Json;
import adw.run.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A JSON value with the line it stands on, so that a finding can say where.
///
/// @param line 1-based; 0 for a value that was never a text
/// @param twice member names that occur more than once; the last one counts
record Node(
    int line,
    Json value,
    SequencedMap<String, Node> members,
    List<Node> items,
    List<String> twice) {

  /// Reads JSON in which comments and trailing commas may stand.
  ///
  /// @throws FlowException `LINE: what` where the text is no JSON
  static Node parse(String text) {
    var plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return JsonReader.read(plain, JsonReader.Manner.BY_HAND, new Maker());
  }

  private static final class Maker implements JsonReader.Maker<Node> {
    @Override
    public Node leaf(Json value, int line) {
      return Node.leaf(line, value);
    }

    @Override
    public Node list(List<Node> items, int line) {
      return Node.list(line, items);
    }

    @Override
    public Node object(List<JsonReader.Member<Node>> all, int line) {
      var members = new LinkedHashMap<String, Node>();
      var twice = new ArrayList<String>();
      for (var member : all) {
        if (members.put(member.name(), member.value()) != null) {
          twice.add(member.name());
        }
      }
      return Node.object(line, members, twice);
    }

    @Override
    public RuntimeException wrong(String what, int line, int column) {
      return new FlowException(line + ": no JSON: " + what + " (column " + column + ")");
    }
  }

  private static Node leaf(int line, Json value) {
    return new Node(line, value, new LinkedHashMap<>(), List.of(), List.of());
  }

  private static Node object(int line, SequencedMap<String, Node> members, List<String> twice) {
    var values = new LinkedHashMap<String, Json>();
    members.forEach((name, node) -> values.put(name, node.value()));
    return new Node(line, new Json.Obj(values), members, List.of(), twice);
  }

  private static Node array(int line, List<Node> items) {
    var values = items.stream().map(Node::value).toList();
    return new Node(
        line, new Json.Arr(values), new LinkedHashMap<>(), List.copyOf(items), List.of());
  }

  /// A value that was never written in a file.
  static Node of(Json value) {
    return switch (value) {
      case Json.Obj(var values) -> {
        var members = new LinkedHashMap<String, Node>();
        values.forEach((name, member) -> members.put(name, of(member)));
        yield object(0, members, List.of());
      }
      case Json.Arr(var items) -> array(0, items.stream().map(Node::of).toList());
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> leaf(0, value);
    };
  }

  /// An object of our own making that points at the lines of what it was made from.
  static Node object(int line, SequencedMap<String, Node> members) {
    return object(line, members, List.of());
  }

  static Node list(int line, List<Node> items) {
    return array(line, items);
  }

  static Node text(int line, String text) {
    return leaf(line, new Json.Str(text));
  }

  static Node flag(int line, boolean flag) {
    return leaf(line, new Json.Bool(flag));
  }

  boolean isObject() {
    return value instanceof Json.Obj;
  }

  boolean isArray() {
    return value instanceof Json.Arr;
  }

  /// A member that is there and not null.
  Optional<Node> find(String name) {
    return Optional.ofNullable(members.get(name))
        .filter(node -> !(node.value() instanceof Json.Null));
  }

  Optional<String> asText() {
    return value instanceof Json.Str(var text) ? Optional.of(text) : Optional.empty();
  }

  /// `text`, `number`, … for messages.
  String kind() {
    return switch (value) {
      case Json.Obj _ -> "an object";
      case Json.Arr _ -> "a list";
      case Json.Str _ -> "a text";
      case Json.Num _ -> "a number";
      case Json.Bool _ -> "true or false";
      case Json.Null _ -> "null";
    };
  }
}
