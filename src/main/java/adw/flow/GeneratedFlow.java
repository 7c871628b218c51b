package adw.flow;

import adw.flow.Finding.Rule;
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
final class GeneratedFlow {
  static final int LONGEST = 1_000_000;
  static final int MOST_PHASES = 100;
  static final int WIDEST = 16;

  sealed interface Plan {}

  record Usable(Flow flow) implements Plan {}

  /// There is nothing to be done.
  record Nothing() implements Plan {}

  record Unusable(String problem) implements Plan {}

  private final Turn turn;

  private GeneratedFlow(Turn turn) {
    this.turn = turn;
  }

  static Plan read(String text, Turn turn) throws IOException {
    if (text.length() > LONGEST) {
      return new Unusable(tooLong(text));
    }
    var json = Lenient.find(text);
    return json.isEmpty()
        ? new Unusable("inline def string did not parse as JSON")
        : read(Node.of(json.get()), turn);
  }

  static String tooLong(String text) {
    return "the plan has " + text.length() + " characters, at most " + LONGEST + " are read";
  }

  static Plan read(Node definition, Turn turn) throws IOException {
    return new GeneratedFlow(turn).plan(definition);
  }

  private Plan plan(Node written) throws IOException {
    var shaped = shape(written, turn.common.id());
    if (shaped.isEmpty()) {
      return new Unusable("inline def is not a Taskflow, phases array, or {phases:[...]}");
    }
    if (shaped.get().find("phases").map(Node::items).filter(List::isEmpty).isPresent()) {
      return new Nothing();
    }
    var prompts =
        new PromptFiles(
            turn.world().site().directory(), Optional.of(turn.world().site().directory()));
    var read = Reading.of(shaped.get(), Optional.empty(), prompts);
    var findings =
        new ArrayList<>(
            new Checker(turn.world().shelf().flows(), turn.play.roles.names()).check(read));
    if (read.flow().isPresent()) {
      limit(read.flow().get(), findings);
      findings.addAll(Confinement.of(read.flow().get(), place()));
    }
    var errors =
        findings.stream()
            .filter(Finding::isError)
            .map(Finding::message)
            .limit(20)
            .collect(Collectors.joining("; "));
    return errors.isEmpty()
        ? new Usable(read.flow().orElseThrow())
        : new Unusable("inline def failed validation: " + errors);
  }

  /// A flow, the list of its phases, or an object around that list.
  static Optional<Node> shape(Node written, String id) {
    var name = Node.text(written.line(), id + "-inline");
    if (written.isArray()) {
      var members = new LinkedHashMap<String, Node>();
      members.put("name", name);
      members.put("phases", written);
      return Optional.of(Node.object(written.line(), members));
    }
    if (written.find("phases").filter(Node::isArray).isEmpty()) {
      return Optional.empty();
    }
    var members = new LinkedHashMap<>(written.members());
    if (written.find("name").flatMap(Node::asText).filter(text -> !text.isEmpty()).isEmpty()) {
      members.put("name", name);
    }
    return Optional.of(Node.object(written.line(), members));
  }

  /// How large it may be.
  static void limit(Flow flow, List<Finding> findings) {
    if (flow.phases().size() > MOST_PHASES) {
      findings.add(
          Finding.of(
              Rule.SIZE,
              0,
              flow.phases().size() + " phases",
              "a generated flow may have at most " + MOST_PHASES));
    }
    if (flow.concurrency() > WIDEST) {
      findings.add(
          Finding.of(
              Rule.SIZE,
              0,
              "'concurrency' is " + flow.concurrency(),
              "a generated flow may have at most " + WIDEST));
    }
    for (var phase : flow.phases()) {
      var width = References.manner(phase).map(Phase.Manner::width).orElse(OptionalInt.empty());
      if (width.orElse(1) > WIDEST) {
        findings.add(
            Finding.of(
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
          return Confined.isInside(root, root.resolve(path));
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
