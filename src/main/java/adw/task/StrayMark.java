package adw.task;

/// The mark of a run that stands in the file and is no task's: in code, in a comment, behind
/// escaped brackets, in the middle of a line. The line is hidden, not deleted.
///
/// @param line 1-based
/// @param where what hides it, for a sentence
public record StrayMark(String runId, int line, String where) {}
