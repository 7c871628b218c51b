package adw.flow.run;

import adw.flow.definition.ConfinedPath;
import adw.flow.definition.Confinement;
import adw.flow.definition.Flow;
import adw.flow.definition.FlowChecker;
import adw.flow.definition.FlowFinding;
import adw.flow.definition.FlowReader;
import adw.flow.definition.JsonNode;
import adw.flow.definition.PlanShape;
import adw.flow.definition.PromptFiles;
import adw.json.JsonInText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A flow that an agent has written: smaller than one written by people, and kept inside the
/// working directory.
public final class GeneratedFlow {
  sealed interface Plan {}

  record Usable(Flow flow) implements Plan {}

  /// There is nothing to be done.
  record Nothing() implements Plan {}

  record Unusable(String problem) implements Plan {}

  private final PhaseTurn turn;

  private GeneratedFlow(PhaseTurn turn) {
    this.turn = turn;
  }

  static Plan read(String text, PhaseTurn turn) throws IOException {
    if (text.length() > PlanShape.LONGEST) {
      return new Unusable(PlanShape.tooLong(text));
    }
    var json = JsonInText.find(text);
    return json.isEmpty()
        ? new Unusable("inline def string did not parse as JSON")
        : read(JsonNode.of(json.get()), turn);
  }

  static Plan read(JsonNode definition, PhaseTurn turn) throws IOException {
    return new GeneratedFlow(turn).plan(definition);
  }

  private Plan plan(JsonNode written) throws IOException {
    var shaped = PlanShape.shape(written, turn.common.id());
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
            new FlowChecker(turn.world().shelf().flows(), turn.frame.roles.names()).check(read));
    if (read.flow().isPresent()) {
      PlanShape.limit(read.flow().get(), findings);
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
