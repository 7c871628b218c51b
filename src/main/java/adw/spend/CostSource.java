package adw.spend;

/// Where the dollars of a usage come from.
public enum CostSource {
  /// The program said so.
  REPORTED,
  /// From its tokens and a table of prices.
  PRICED,
  /// A subscription pays; the figure, if there is one, is what it would have cost.
  PLAN,
  /// Nobody knows: only tokens can be shown.
  UNKNOWN
}
