package adw.flow.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import adw.cli.AdwProgram;
import adw.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The cases of `ConformanceTest` as a person runs them: a project with the case's files, `adw flow
/// run` in it, and the stub that belongs to the cases as a real agent process. All that can be
/// played so where `-Dconformance=DIR` is given, else a few.
class ConformanceCasesTest {
  private static final List<String> SOME =
      List.of("cache-fingerprint-file", "fail-modes", "readme-triage-low-edit");
  private static final List<String> ONLY_IN_PROCESS =
      List.of("settings", "detach", "abortAfterMs", "action", "runName", "stub", "env");

  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> someCasesThroughTheProgram() throws IOException {
    return ConformanceCases.cases().stream()
        .filter(one -> SOME.contains(one.name()))
        .map(this::test);
  }

  @EnabledIfSystemProperty(named = "conformance", matches = ".+")
  @TestFactory
  Stream<DynamicTest> eachCaseThroughTheProgram() throws IOException {
    return ConformanceCases.cases().stream().filter(ConformanceCasesTest::isPlain).map(this::test);
  }

  private static boolean isPlain(ConformanceCases.Observed one) {
    try {
      var source = one.theCase();
      return ONLY_IN_PROCESS.stream().allMatch(key -> source.find(key).isEmpty())
          && source.list("steps").stream().allMatch(ConformanceCasesTest::isRun);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean isRun(Json step) {
    return ((Json.Obj) step).findText("action").orElse("run").equals("run")
        && ((Json.Obj) step).find("runName").isEmpty();
  }

  private DynamicTest test(ConformanceCases.Observed one) {
    return DynamicTest.dynamicTest(
        one.name(),
        () -> {
          var outcome = new Played(one.theCase(), temporary.resolve(one.name())).outcome();
          assertThat(ConformanceCases.differences(one.expected(), outcome)).isEmpty();
        });
  }

  /// A case in a project of its own.
  private static final class Played {
    private final Json.Obj source;
    private final Path project;
    private final AdwProgram program;

    Played(Json.Obj source, Path root) throws IOException {
      this.source = source;
      this.project = Files.createDirectories(root.resolve("proj"));
      this.program =
          AdwProgram.in(project)
              .with("STUB_STATE", root.resolve("state").toString())
              .with("STUB_LOG", log().toString());
      Files.writeString(
          project.resolve("adw.toml"),
          "[agents.stub]\nargv = [\"node\", \"%s\"]\noutput = \"pi-json\"\n"
              .formatted(ConformanceCases.stub()));
      var home = root.resolve("proj.home/.config/adw");
      write("agents", home.resolve("agents"), ".md");
      write("savedFlows", project.resolve("adws"), ".json");
      write(source, "files", project, "");
    }

    private Path log() {
      return project.resolveSibling("calls.log");
    }

    Json.Obj outcome() throws IOException {
      if (source.find("steps").isEmpty()) {
        return step(source);
      }
      var outcomes = new ArrayList<Json>();
      for (var step : source.list("steps")) {
        write((Json.Obj) step, "files", project, "");
        outcomes.add(step((Json.Obj) step));
      }
      return Json.Obj.empty().with("steps", new Json.Arr(outcomes));
    }

    private Json.Obj step(Json.Obj step) throws IOException {
      Files.deleteIfExists(log());
      var flow = step.find("flow").or(() -> source.find("flow")).orElseThrow();
      var file = Files.writeString(project.resolveSibling("flow.json"), text(flow));
      var command = new ArrayList<>(List.of("flow", "run", file.toString(), "--json"));
      step.find("args")
          .or(() -> source.find("args"))
          .ifPresent(args -> command.addAll(List.of("--args", text(args))));
      source.findText("approve").ifPresent(how -> command.addAll(List.of("--approve", how)));

      var ended = program.run(command.toArray(String[]::new));

      var printed = ended.code() == 5 ? Json.Obj.empty() : Json.parseObject(ended.out());
      return ConformanceCases.outcome(printed, ended.code() != 0, phases(flow, printed), prompts());
    }

    private static String text(Json value) {
      return value instanceof Json.Str(var text) ? text : value.write();
    }

    /// Of shorthand: those that it stands for, as far as they were reached.
    private static List<String> phases(Json flow, Json.Obj printed) {
      var ids = new LinkedHashSet<String>();
      if (flow instanceof Json.Obj object) {
        object.list("phases").forEach(phase -> idOf(phase).ifPresent(ids::add));
      }
      printed.findObject("phases").ifPresent(known -> ids.addAll(known.members().keySet()));
      return List.copyOf(ids);
    }

    private static Optional<String> idOf(Json phase) {
      return phase instanceof Json.Obj object ? object.findText("id") : Optional.empty();
    }

    private List<String> prompts() throws IOException {
      return Files.exists(log())
          ? Files.readAllLines(log()).stream()
              .map(line -> Json.parseObject(line).text("prompt"))
              .toList()
          : List.of();
    }

    private void write(String key, Path folder, String ending) throws IOException {
      write(source, key, folder, ending);
    }

    private static void write(Json.Obj from, String key, Path folder, String ending)
        throws IOException {
      for (var file : from.findObject(key).orElse(Json.Obj.empty()).members().entrySet()) {
        var path = folder.resolve(file.getKey() + ending);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text(file.getValue()));
      }
    }
  }
}
