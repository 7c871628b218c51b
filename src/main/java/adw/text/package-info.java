/// Words that people type and read: durations and sizes (`Durations`), ids of runs (`RunId`), names
/// with a slip in them (`NearestName`), text without escapes and controls (`PlainText`), columns of
/// a terminal (`TextWidth`), secrets (`Secrets`, `SecretValues`). Each of these ideas has its one
/// home here.
///
/// Text in, text out. Nothing here reads a file.
@NullMarked
package adw.text;

import org.jspecify.annotations.NullMarked;
