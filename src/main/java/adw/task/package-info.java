/// The text of the task file: grammar, structure, edits. Text in, text out.
///
/// Enter at `TaskDocument` (a whole file and its `Task`s). It is read in four steps: `SourceText`
/// (bytes and lines), `BlockParser` (what commonmark makes of them), `Sections` (what headings make
/// of them), `TaskParser` (which lines are tasks, and what is whose body); one line is read by
/// `TaskLine`, its brackets by `MarkParser`, its words by `TaskWords`.
///
/// What is asked of a document knows it, and it knows none of that: `DocumentEdits` changes it,
/// `DocumentFindings` and `UnreadLines` say what to mend, `StrayMarks` finds hidden marks. Nothing
/// here opens a file (`adw.task.file`) or decides what may start (`adw.task.readiness`).
@NullMarked
package adw.task;

import org.jspecify.annotations.NullMarked;
