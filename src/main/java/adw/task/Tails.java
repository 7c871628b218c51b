package adw.task;

/// Knows which ` // …` at the end of a line is a report of ours and not a person's text.
public interface Tails {
  /// What holds for lines that no journal knows: a reason stands on lines that ended badly.
  Tails UNKNOWN =
      (mark, _, _) ->
          switch (mark) {
            case Mark.NeedsYou _, Mark.Failed _, Mark.Cancelled _, Mark.Retry _ -> true;
            case Mark.Pending _,
                Mark.Blocked _,
                Mark.NotBefore _,
                Mark.Template _,
                Mark.Running _,
                Mark.Done _,
                Mark.Malformed _ ->
                false;
          };

  /// Asked for each line that has a last ` // `: `text` stands before it, `tail` behind it.
  boolean isTail(Mark mark, String text, String tail);
}
