package adw.json;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Consumer;

/// Where the members of a JSON object go, one after the other.
public interface JsonMembers {
  long BILLION = 1_000_000_000;

  void put(String name, String text);

  void put(String name, long number);

  void put(String name, Json value);

  void put(String name, Consumer<JsonMembers> members);

  void putAll(String name, Collection<String> texts);

  /// In billionths, without the dust that adding floating numbers leaves.
  void putDollars(String name, double usd);

  default void put(String name, Optional<String> text) {
    if (text.isPresent()) {
      put(name, text.get());
    }
  }

  /// The members as a tree.
  static Json.Obj tree(Consumer<JsonMembers> members) {
    var tree = new Tree();
    members.accept(tree);
    return new Json.Obj(tree.all);
  }

  /// Gathers them.
  final class Tree implements JsonMembers {
    private final LinkedHashMap<String, Json> all = new LinkedHashMap<>();

    private Tree() {}

    @Override
    public void put(String name, String text) {
      all.put(name, new Json.Str(text));
    }

    @Override
    public void put(String name, long number) {
      all.put(name, Json.Num.of(number));
    }

    @Override
    public void put(String name, Json value) {
      all.put(name, value);
    }

    @Override
    public void put(String name, Consumer<JsonMembers> members) {
      all.put(name, tree(members));
    }

    @Override
    public void putAll(String name, Collection<String> texts) {
      all.put(name, new Json.Arr(texts.stream().<Json>map(Json.Str::new).toList()));
    }

    @Override
    public void putDollars(String name, double usd) {
      var exact = BigDecimal.valueOf(Math.round(usd * BILLION), 9).stripTrailingZeros();
      all.put(name, Json.Num.of(exact.scale() < 0 ? exact.setScale(0) : exact));
    }
  }
}
