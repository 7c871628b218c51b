package adw.agent.output;

import adw.agent.ReportedError;
import adw.spend.Usage;
import java.util.Optional;

/// What a program has said so far.
///
/// @param usage of this call
/// @param total of the whole session, where the program reports only that; `usage` is then empty
/// @param stop why its model stopped last, or ""
/// @param ended whether that was its final answer, as far as one can tell
/// @param spoke whether it printed anything in its language at all
public record OutputSoFar(
    String text,
    Optional<String> session,
    Optional<String> model,
    Usage usage,
    Optional<Usage> total,
    boolean costed,
    int turns,
    String stop,
    boolean ended,
    boolean spoke,
    Optional<ReportedError> trouble) {
  public static final OutputSoFar NOTHING = new OutputDraft().toHeard();
}
