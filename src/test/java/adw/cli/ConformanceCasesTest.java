package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import adw.flow.Conformance;
import adw.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The cases of `ConformanceTest` through the program and real agent processes: `adw flow run
/// case.json --json`, the agent being the stub that belongs to the cases. All of them where
/// `-Dconformance=DIR` is given, else a few.
class ConformanceCasesTest {
  private static final List<String> SOME =
      List.of("agents-overrides", "cache-fingerprint-file", "fail-modes", "readme-triage-low-edit");

  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> someCasesThroughTheProgram() throws IOException {
    var folder = project(temporary.resolve("some"));
    return Conformance.cases().stream()
        .filter(one -> SOME.contains(one.name()))
        .map(one ->
            DynamicTest.dynamicTest(
                one.name(),
                () -> {
                  var ended =
                      Program.in(folder).run("flow", "run", one.file().toString(), "--json");
                  assertThat(differences(one, ended.out())).as(ended.err()).isEmpty();
                }));
  }

  @EnabledIfSystemProperty(named = "conformance", matches = ".+")
  @TestFactory
  Stream<DynamicTest> eachCaseThroughAProcessOfItsOwn() throws IOException {
    var folder = project(temporary.resolve("all"));
    return Conformance.cases().stream()
        .filter(one -> !one.isDeviation())
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> run(one, folder)));
  }

  private static void run(Conformance.Observed one, Path folder) throws Exception {
    var argv = Itself.argv("flow", "run", one.file().toString(), "--json");
    var out = folder.resolve(one.name() + ".out").toFile();
    var err = folder.resolve(one.name() + ".err").toFile();
    var builder = new ProcessBuilder(argv).directory(folder.toFile()).redirectOutput(out);
    builder.environment().put("HOME", folder.resolve("home").toString());
    var process = builder.redirectError(err).start();
    process.getOutputStream().close();

    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(one.name()).isTrue();

    assertThat(differences(one, Files.readString(out.toPath())))
        .as(Files.readString(err.toPath()))
        .isEmpty();
  }

  private static List<String> differences(Conformance.Observed one, String printed) {
    return Conformance.differences(one.expected(), Json.parseObject(printed));
  }

  /// A folder, no repository, whose only agent is the stub.
  private static Path project(Path folder) throws IOException {
    var stub = Conformance.findStub();
    if (stub.isEmpty()) {
      abort("NO STUB AGENT: stub-agent.mjs is not beside the conformance cases");
    }
    Files.createDirectories(folder);
    Files.copy(stub.get(), folder.resolve("stub-agent.mjs"));
    Files.writeString(
        folder.resolve("adw.toml"),
        "[agents.stub]\nargv = [\"node\", \"stub-agent.mjs\"]\noutput = \"pi-json\"\n");
    return folder;
  }
}
