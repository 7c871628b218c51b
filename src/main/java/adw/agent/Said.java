package adw.agent;

import adw.run.Usage;
import java.util.Optional;

/// What came of a call, whether it went well or not.
///
/// @param text the last words, at most [CappedText#LIMIT] characters; then the last line says that
///   it was cut
/// @param session to go on in later
/// @param model as the program named it
/// @param usage of this call alone, also where the program reports totals of a session
/// @param turns of the model
public record Said(
    String text,
    Optional<String> session,
    Optional<String> model,
    Usage usage,
    Costing costing,
    int turns) {
  public static final Said NOTHING =
      new Said("", Optional.empty(), Optional.empty(), Usage.NONE, Costing.UNKNOWN, 0);
}
