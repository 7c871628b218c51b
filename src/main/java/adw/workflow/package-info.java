/// What a tag selects: finding, checking, launching, adopting, ending; ports `Check` and `Probe`.
@NullMarked
package adw.workflow;

import org.jspecify.annotations.NullMarked;
