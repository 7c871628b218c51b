/// JSON: one tree, one writer, small files of ours.
///
/// Enter at `Json` (read), `JsonFormat` (write) and `JsonFile` (a file of STATE, replaced whole).
/// No data binding.
@NullMarked
package adw.json;

import org.jspecify.annotations.NullMarked;
