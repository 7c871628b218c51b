/// Words that people type and read: durations, near names, one harmless line, columns, secrets.
///
/// Text in, text out. Nothing here reads a file.
@NullMarked
package adw.text;

import org.jspecify.annotations.NullMarked;
