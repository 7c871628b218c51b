package adw.flow.run;

import adw.flow.definition.ConfinedPath;
import adw.flow.definition.Confinement;
import adw.flow.definition.Flow;
import adw.flow.definition.FlowChecker;
import adw.flow.definition.FlowFinding;
import adw.flow.definition.FlowFinding.Rule;
import adw.flow.definition.FlowReader;
import adw.flow.definition.JsonNode;
import adw.flow.definition.Phase;
import adw.flow.definition.PlaceholderUse;
import adw.flow.definition.PromptFiles;
import adw.json.JsonInText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// A flow that an agent has written: smaller than one written by people, and kept inside the
/// working directory.
public final class GeneratedFlow {
  public static final int LONGEST = 1_000_000;
  static final int MOST_PHASES = 100;
  static final int WIDEST = 16;

  sealed interface Plan {}

  record Usable(Flow flow) implements Plan {}

  /// There is nothing to be done.
  record Nothing() implements Plan {}

  record Unusable(String problem) implements Plan {}

  private final PhaseRun turn;

  private GeneratedFlow(PhaseRun turn) {
    this.turn = turn;
  }

  static Plan read(String text, PhaseRun turn) throws IOException {
    if (text.length() > LONGEST) {
      return new Unusable(tooLong(text));
    }
    var json = JsonInText.find(text);
    return json.isEmpty()
        ? new Unusable("inline def string did not parse as JSON")
        : read(JsonNode.of(json.get()), turn);
  }

  public static String tooLong(String text) {
    return "the plan has " + text.length() + " characters, at most " + LONGEST + " are read";
  }

  static Plan read(JsonNode definition, PhaseRun turn) throws IOException {
    return new GeneratedFlow(turn).plan(definition);
  }

  private Plan plan(JsonNode written) throws IOException {
    var shaped = shape(written, turn.common.id());
    if (shaped.isEmpty()) {
      return new Unusable("inline def is not a Taskflow, phases array, or {phases:[...]}");
    }
    if (shaped.get().find("phases").map(JsonNode::items).filter(List::isEmpty).isPresent()) {
      return new Nothing();
    }
    var prompts =
        new PromptFiles(
            turn.world().site().directory(), Optional.of(turn.world().site().directory()));
    var read = FlowReader.of(shaped.get(), Optional.empty(), prompts);
    var findings =
        new ArrayList<>(
            new FlowChecker(turn.world().shelf().flows(), turn.play.roles.names()).check(read));
    if (read.flow().isPresent()) {
      limit(read.flow().get(), findings);
      findings.addAll(Confinement.of(read.flow().get(), place()));
    }
    var errors =
        findings.stream()
            .filter(FlowFinding::isError)
            .map(FlowFinding::message)
            .limit(20)
            .collect(Collectors.joining("; "));
    return errors.isEmpty()
        ? new Usable(read.flow().orElseThrow())
        : new Unusable("inline def failed validation: " + errors);
  }

  /// A flow, the list of its phases, or an object around that list.
  public static Optional<JsonNode> shape(JsonNode written, String id) {
    var name = JsonNode.text(written.line(), id + "-inline");
    if (written.isArray()) {
      var members = new LinkedHashMap<String, JsonNode>();
      members.put("name", name);
      members.put("phases", written);
      return Optional.of(JsonNode.object(written.line(), members));
    }
    if (written.find("phases").filter(JsonNode::isArray).isEmpty()) {
      return Optional.empty();
    }
    var members = new LinkedHashMap<>(written.members());
    if (written.find("name").flatMap(JsonNode::asText).filter(text -> !text.isEmpty()).isEmpty()) {
      members.put("name", name);
    }
    return Optional.of(JsonNode.object(written.line(), members));
  }

  /// How large it may be.
  public static void limit(Flow flow, List<FlowFinding> findings) {
    if (flow.phases().size() > MOST_PHASES) {
      findings.add(
          FlowFinding.of(
              Rule.SIZE,
              0,
              flow.phases().size() + " phases",
              "a generated flow may have at most " + MOST_PHASES));
    }
    if (flow.concurrency() > WIDEST) {
      findings.add(
          FlowFinding.of(
              Rule.SIZE,
              0,
              "'concurrency' is " + flow.concurrency(),
              "a generated flow may have at most " + WIDEST));
    }
    for (var phase : flow.phases()) {
      var width = PlaceholderUse.manner(phase).map(Phase.Manner::width).orElse(OptionalInt.empty());
      if (width.orElse(1) > WIDEST) {
        findings.add(
            FlowFinding.of(
                    Rule.SIZE,
                    0,
                    "'concurrency' is " + width.getAsInt(),
                    "a generated flow may have at most " + WIDEST)
                .at(phase.id()));
      }
    }
  }

  private Confinement.Place<IOException> place() {
    var root = turn.world().site().directory();
    return new Confinement.Place<>() {
      @Override
      public boolean holds(String path) throws IOException {
        try {
          return ConfinedPath.isInside(root, root.resolve(path));
        } catch (InvalidPathException _) {
          return false;
        }
      }

      @Override
      public boolean holdsFile(String path) throws IOException {
        return holds(path) && Files.isRegularFile(root.resolve(Path.of(path)));
      }
    };
  }
}
