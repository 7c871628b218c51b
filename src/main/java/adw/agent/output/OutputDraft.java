package adw.agent.output;

import adw.agent.ReportedError;
import adw.json.Json;
import adw.spend.Usage;
import java.util.Optional;

/// What a reader fills in while it reads.
public final class OutputDraft {
  public String text = "";
  Optional<String> session = Optional.empty();
  Optional<String> model = Optional.empty();
  Usage usage = Usage.NONE;
  Optional<Usage> total = Optional.empty();
  boolean costed;
  int turns;
  String stop = "";
  boolean ended;
  public boolean spoke;
  Optional<ReportedError> trouble = Optional.empty();

  void add(long input, long output, long cached, Optional<Double> usd) {
    costed |= usd.isPresent();
    usage = usage.plus(new Usage(input, output, cached, usd.orElse(0.0), 0));
  }

  /// A new turn began: what looked like the end was none, and its error was got over.
  void goOn() {
    ended = false;
    stop = "";
    trouble = Optional.empty();
  }

  public void end(Optional<ReportedError> error) {
    ended = true;
    trouble = error;
  }

  public OutputSoFar toHeard() {
    return new OutputSoFar(
        text,
        session,
        model,
        new OutputSoFar.Cost(usage, total, costed, turns),
        new OutputSoFar.End(stop, ended, trouble),
        spoke);
  }

  static long count(Json.Obj usage, String name) {
    return usage.findLong(name).orElse(0L);
  }
}
