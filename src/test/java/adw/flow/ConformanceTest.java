package adw.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adw.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every case of a folder gives the outcome that was observed elsewhere (`-Dconformance=DIR`).
/// Cases that DEVIATIONS.md lists are run, and `DecisionsTest` says what comes of them here.
class ConformanceTest {
  private static final Pattern DEVIATION = Pattern.compile("(?m)^\\| ([A-Za-z0-9-]+) \\|");

  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> eachCaseGivesTheObservedOutcome() throws IOException {
    var folder = Path.of(System.getProperty("conformance", "../shared/conformance/flows"));
    assumeTrue(
        Files.isDirectory(folder),
        "NO CONFORMANCE CASES: "
            + folder.toAbsolutePath()
            + " is not there (give -Dconformance=DIR)");
    var deviations = deviations(folder.resolve("DEVIATIONS.md"));
    try (var files = Files.list(folder)) {
      var names =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(".json") && !name.endsWith(".expected.json"))
              .map(name -> name.substring(0, name.length() - 5))
              .sorted()
              .toList();
      return names.stream()
          .map(name ->
              DynamicTest.dynamicTest(name, () -> run(folder, name, deviations.contains(name))));
    }
  }

  private static Set<String> deviations(Path file) throws IOException {
    return Files.exists(file)
        ? DEVIATION
            .matcher(Files.readString(file))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet())
        : Set.of();
  }

  private void run(Path folder, String name, boolean isDeviation) throws IOException {
    var theCase = Json.parseObject(Files.readString(folder.resolve(name + ".json")));
    var expected = Json.parseObject(Files.readString(folder.resolve(name + ".expected.json")));
    var differences =
        new Conformance(theCase, Files.createDirectories(temporary.resolve(name)))
            .differences(expected);
    if (!isDeviation) {
      assertThat(differences).isEmpty();
    }
  }
}
