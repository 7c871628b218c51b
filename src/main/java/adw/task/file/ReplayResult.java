package adw.task.file;

import adw.task.TaskDocument;

/// What a save becomes: the text with our unseen edits, and what else is known after it.
record ReplayResult(TaskDocument document, JournalEntry.Memory memory) {}
