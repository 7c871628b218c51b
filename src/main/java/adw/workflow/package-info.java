/// What a tag selects, and its process: finding, checking, launching, adopting, ending.
///
/// Enter at `Workflows` and `WorkflowProcess`; ports `WorkflowCheck` and `WorkflowProbe`. Nothing
/// here knows git or the task file.
@NullMarked
package adw.workflow;

import org.jspecify.annotations.NullMarked;
