package adw.task;

/// What a save becomes: the text with our unseen edits, and what else is known after it.
record Replayed(Document document, Change.Memory memory) {}
