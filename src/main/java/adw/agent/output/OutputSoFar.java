package adw.agent.output;

import adw.agent.ReportedError;
import adw.spend.Usage;
import java.util.Optional;

/// What a program has said so far.
///
/// @param spoke whether it printed anything in its language at all
public record OutputSoFar(
    String text,
    Optional<String> session,
    Optional<String> model,
    Cost cost,
    End end,
    boolean spoke) {
  public static final OutputSoFar NOTHING = new OutputDraft().toHeard();

  /// @param usage of this call
  /// @param total of the whole session, where the program reports only that; `usage` is then empty
  /// @param costed whether the program named an amount of money
  public record Cost(Usage usage, Optional<Usage> total, boolean costed, int turns) {}

  /// @param stop why its model stopped last, or ""
  /// @param ended whether that was its final answer, as far as one can tell
  public record End(String stop, boolean ended, Optional<ReportedError> trouble) {}

  public Usage usage() {
    return cost.usage();
  }

  public boolean ended() {
    return end.ended();
  }

  public Optional<ReportedError> trouble() {
    return end.trouble();
  }
}
