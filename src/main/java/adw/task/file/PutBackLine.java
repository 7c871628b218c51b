package adw.task.file;

/// The line of a run that had ended was put back: the save had not seen its end.
///
/// @param held the key of the text that the save had in its place, and that is kept below it: it
///   waits until a save that has seen the end still holds it; "" if it had none
record PutBackLine(String runId, String held) {}
