package adw.workflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a workflow is told about its run, beside the prompt.
///
/// @param port the first of ten consecutive ports that are its own
public record RunFacts(
    String runId, Asked asked, String branch, String base, Places places, int port) {
  /// What the line of the task says.
  public record Asked(
      String text, List<String> tags, Optional<String> model, Optional<String> agent) {
    public Asked {
      tags = List.copyOf(tags);
    }
  }

  /// @param result where the workflow may report what became of the task
  /// @param temporary a folder for its temporary files alone
  public record Places(Path worktree, Path repository, Path runDir, Path result, Path temporary) {}
}
