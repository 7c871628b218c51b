package adw.agent;

import adw.spend.CostSource;
import adw.spend.Usage;
import java.util.Optional;

/// What came of a call, whether it went well or not.
///
/// @param text the last words, at most [CappedText#LIMIT] characters; then the last line says that
///   it was cut
/// @param session to go on in later
/// @param model as the program named it
/// @param usage of this call alone, also where the program reports totals of a session
/// @param turns of the model
public record LastMessage(
    String text,
    Optional<String> session,
    Optional<String> model,
    Usage usage,
    CostSource costing,
    int turns) {
  public static final LastMessage NOTHING =
      new LastMessage("", Optional.empty(), Optional.empty(), Usage.NONE, CostSource.UNKNOWN, 0);
}
