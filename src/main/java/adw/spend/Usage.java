package adw.spend;

import adw.json.Json;

/// What a run has spent.
///
/// @param usd cost in US dollars; 0 where nobody reported one
public record Usage(long input, long output, long cached, double usd, int calls) {
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

  public Usage plus(Usage more) {
    return new Usage(
        input + more.input,
        output + more.output,
        cached + more.cached,
        usd + more.usd,
        calls + more.calls);
  }

  /// Like `equals`, which the JDK links anew in each process, for 20 ms of the processor.
  public boolean isSame(Usage other) {
    return input == other.input
        && output == other.output
        && cached == other.cached
        && Double.compare(usd, other.usd) == 0
        && calls == other.calls;
  }

  public Json.Obj toJson() {
    return Json.Obj.empty()
        .with("input", input)
        .with("output", output)
        .with("cached", cached)
        .with("usd", Json.Num.of(usd))
        .with("calls", calls);
  }

  public static Usage of(Json.Obj json) {
    return new Usage(
        json.findLong("input").orElse(0L),
        json.findLong("output").orElse(0L),
        json.findLong("cached").orElse(0L),
        json.findDouble("usd").orElse(0.0),
        json.findLong("calls").orElse(0L).intValue());
  }
}
