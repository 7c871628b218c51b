package adw.daemon.attempt;

import adw.run.TaskSnapshot;
import java.util.List;

/// What a workflow reads on its standard input.
final class WorkflowPrompt {
  private static final String FIXED =
      """
      If nothing needs to be changed, end your answer with a line "NO CHANGE: reason".
      If you cannot go on without a decision, end your answer with a line "QUESTION: your question".
      """;

  private WorkflowPrompt() {}

  /// The last words of a task that this one waited for.
  record Words(String id, String text) {}

  static String of(TaskSnapshot order, List<Words> before, List<String> messages) {
    var prompt = new StringBuilder(order.text()).append('\n');
    if (!order.body().isBlank()) {
      prompt.append('\n').append(order.body().stripTrailing()).append('\n');
    }
    for (var words : before) {
      prompt.append("\nResult of ").append(words.id()).append(", which this task waited for:\n");
      prompt.append(words.text().strip()).append('\n');
    }
    for (var message : messages) {
      prompt.append("\nMessage:\n").append(message.strip()).append('\n');
    }
    return prompt.append('\n').append(FIXED).toString();
  }
}
