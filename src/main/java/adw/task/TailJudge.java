package adw.task;

/// Knows which ` // …` at the end of a line is a report of ours and not a person's text.
public interface TailJudge {
  /// What holds for lines that no journal knows: a reason stands on lines that ended badly.
  TailJudge UNKNOWN =
      (mark, _, tail) ->
          TailText.isRetryHint(tail)
              || mark instanceof Mark.NeedsYou
              || mark instanceof Mark.Failed
              || mark instanceof Mark.Cancelled
              || mark instanceof Mark.Retry;

  /// Asked for each line that has a last ` // `: `text` stands before it, `tail` behind it.
  boolean isTail(Mark mark, String text, String tail);
}
