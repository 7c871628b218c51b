package adw.agent;

import adw.run.Usage;

/// US dollars for a million tokens.
public record Price(double input, double output, double cached) {
  double of(Usage usage) {
    return (usage.input() * input + usage.output() * output + usage.cached() * cached) / 1e6;
  }
}
