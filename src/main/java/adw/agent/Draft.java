package adw.agent;

import adw.run.Json;
import adw.run.Usage;
import java.util.Optional;

/// What a reader fills in while it reads.
final class Draft {
  String text = "";
  Optional<String> session = Optional.empty();
  Optional<String> model = Optional.empty();
  Usage usage = Usage.NONE;
  Optional<Usage> total = Optional.empty();
  boolean costed;
  int turns;
  String stop = "";
  boolean ended;
  boolean spoke;
  Optional<Trouble> trouble = Optional.empty();

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

  void end(Optional<Trouble> error) {
    ended = true;
    trouble = error;
  }

  Heard toHeard() {
    return new Heard(
        text, session, model, usage, total, costed, turns, stop, ended, spoke, trouble);
  }

  static long count(Json.Obj usage, String name) {
    return usage.findLong(name).orElse(0L);
  }
}
