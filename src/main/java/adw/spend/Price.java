package adw.spend;

/// US dollars for a million tokens.
public record Price(double input, double output, double cached) {
  public double of(Usage usage) {
    return (usage.input() * input + usage.output() * output + usage.cached() * cached) / 1e6;
  }
}
