package adw.spend;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/// The settings' `[prices]`, for programs that count tokens and name no cost.
public record Prices(Map<String, Price> byModel) {
  public static final Prices NONE = new Prices(Map.of());

  public Prices {
    byModel = Map.copyOf(byModel);
  }

  /// The price of the model of that name, else of the longest name that it begins with, so that
  /// `gpt-5` covers `gpt-5-codex`. A provider in front, `anthropic/...`, may be left out.
  public Optional<Price> find(String model) {
    var bare = model.substring(model.lastIndexOf('/') + 1);
    return byModel.keySet().stream()
        .filter(name -> model.startsWith(name) || bare.startsWith(name))
        .max(Comparator.comparingInt(String::length))
        .map(byModel::get);
  }

  /// The usage with a cost, where the model has a price.
  Optional<Usage> tryPrice(Usage usage, Optional<String> model) {
    return model
        .flatMap(this::find)
        .map(price ->
            new Usage(
                usage.input(), usage.output(), usage.cached(), price.of(usage), usage.calls()));
  }
}
