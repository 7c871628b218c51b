package adw.workflow;

import adw.workflow.Selection.Chosen;
import adw.workflow.Selection.Unusable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The workflows of a repository: files in `adws/` and the built-in ones, where a file of the same
/// name wins. Each question looks at the folder anew: what is chosen is what is there now.
public final class Workflows {
  static final String SHELL = "adw_sh";
  static final String BUILD = "adw_build";
  private static final String PREFIX = "adw_";

  /// Tags with a meaning of their own name no workflow, whatever files there are.
  private static final Set<String> NO_WORKFLOWS = Set.of("approve", "report", "epic", "group");

  private final Path folder;
  private final WorkflowSettings settings;
  private final WorkflowCheck check;
  private final WorkflowProbe probe;
  private final Optional<WorkflowFiles> seen;

  private Workflows(
      Path folder,
      WorkflowSettings settings,
      WorkflowCheck check,
      WorkflowProbe probe,
      Optional<WorkflowFiles> seen) {
    this.seen = seen;
    this.folder = folder;
    this.settings = settings;
    this.check = check;
    this.probe = probe;
  }

  public static Workflows of(Path adwsDir, WorkflowSettings settings) {
    return of(adwsDir, settings, WorkflowCheck.NONE, new AgentOnPath(settings.environment()));
  }

  public static Workflows of(
      Path adwsDir, WorkflowSettings settings, WorkflowCheck check, WorkflowProbe probe) {
    return new Workflows(adwsDir, settings, check, probe, Optional.empty());
  }

  /// The same, with the folder as it is now: for many questions at one moment.
  public Workflows look() throws IOException {
    return new Workflows(folder, settings, check, probe, Optional.of(WorkflowFiles.read(folder)));
  }

  private WorkflowFiles files() throws IOException {
    return seen.isPresent() ? seen.get() : WorkflowFiles.read(folder);
  }

  /// What a task says of how it is to be worked.
  ///
  /// @param text tags may be in it
  /// @param agent the one it names
  public record Wish(List<String> tags, String text, String body, Optional<String> agent) {
    public Wish {
      tags = List.copyOf(tags);
    }
  }

  /// Why a workflow that could be started is better not started just now.
  public Optional<Unusable> findRest(Workflow workflow, Optional<String> agent) {
    return probe.findRest(workflow, agent);
  }

  /// What people should know before a workflow starts.
  public List<String> warnings(Workflow workflow, Optional<String> agent) {
    return probe.warnings(workflow, agent);
  }

  /// The workflow for a task with that wish.
  public Selection select(Wish wish) throws IOException {
    var tags = wish.tags();
    var files = files();
    var named = named(tags, files);
    var unknown = tags.stream().filter(tag -> isUnknown(tag, files)).findFirst();
    if (unknown.isPresent()) {
      return absent(unknown.get(), files);
    }
    if (named.size() > 1) {
      return new Unusable(
          "two workflows: #" + String.join(" and #", named), "leave one of these tags");
    }
    var name = named.isEmpty() ? settings.byDefault() : named.getFirst();
    var found = find(name, files, () -> ShellScript.find(wish.text(), wish.body()));
    return checked(found, wish.agent());
  }

  /// The model that the first tag to do so asks for.
  public Optional<String> findModel(List<String> tags) {
    return tags.stream()
        .filter(settings.models()::containsKey)
        .findFirst()
        .map(settings.models()::get);
  }

  /// Whether a tag says what is to run: a workflow, or a model for it. One that only looks like a
  /// workflow's does, too: such a task is held until that is mended.
  public boolean isAnyNamed(List<String> tags) throws IOException {
    var files = files();
    return !named(tags, files).isEmpty()
        || tags.stream().anyMatch(tag -> isUnknown(tag, files))
        || findModel(tags).isPresent();
  }

  /// All that a tag can name, in order.
  public SequencedSet<String> names() throws IOException {
    var names = new TreeSet<>(files().names());
    names.addAll(settings.builtInFlows());
    names.add(SHELL);
    names.add(BUILD);
    return names;
  }

  private List<String> named(List<String> tags, WorkflowFiles files) {
    return tags.stream()
        .filter(tag -> !NO_WORKFLOWS.contains(tag))
        .map(Workflows::fullName)
        .filter(name -> isKnown(name, files))
        .distinct()
        .toList();
  }

  private static String fullName(String tag) {
    return tag.equals("sh") ? SHELL : tag;
  }

  private boolean isUnknown(String tag, WorkflowFiles files) {
    return tag.startsWith(PREFIX) && !isKnown(tag, files);
  }

  private boolean isKnown(String name, WorkflowFiles files) {
    return files.names().contains(name)
        || name.equals(SHELL)
        || name.equals(BUILD)
        || settings.builtInFlows().contains(name);
  }

  private Selection find(String name, WorkflowFiles files, Supplier<Selection> shell)
      throws IOException {
    if (files.names().contains(name)) {
      return files.find(name, settings.flowLauncher());
    }
    if (name.equals(SHELL)) {
      return shell.get();
    }
    if (settings.builtInFlows().contains(name)) {
      var flow = new Workflow.Kind.Flow(name, settings.flowLauncher());
      return new Chosen(new Workflow(name, flow));
    }
    return name.equals(BUILD) ? agent() : absent(name, files);
  }

  private Selection agent() {
    if (settings.agent().isEmpty()) {
      return new Unusable(
          "no agent found", "install one, set [agents.NAME] argv in adw.toml, or tag #sh");
    }
    var program = new Workflow.Kind.AgentProgram(settings.agent());
    return new Chosen(new Workflow(BUILD, program));
  }

  private Selection checked(Selection selection, Optional<String> agent) {
    if (selection instanceof Chosen(var workflow)) {
      var fault =
          workflow.kind() instanceof Workflow.Kind.Flow
              ? check.findFault(workflow)
              : Optional.<Unusable>empty();
      return fault
          .or(() -> probe.findObstacle(workflow, agent))
          .<Selection>map(u -> u)
          .orElse(selection);
    }
    return selection;
  }

  private Unusable absent(String name, WorkflowFiles files) throws IOException {
    var other = files.findUnusable(name);
    if (other.isPresent()) {
      return other.get();
    }
    var known = new ArrayList<>(names());
    return new Unusable(
        "no workflow " + name,
        "make %s, or use one of %s"
            .formatted(folder.getFileName() + "/" + name + ".sh", String.join(", ", known)));
  }
}
