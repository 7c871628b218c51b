package adw.flow.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import adw.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every case of a folder (`-Dconformance=DIR`, else the repository's own) gives the outcome that
/// was observed elsewhere, or, where DEVIATIONS.md lists it, the one that we decided on.
class ConformanceTest {
  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> eachCaseGivesTheObservedOutcome() throws IOException {
    return ConformanceCases.cases().stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> run(one)));
  }

  /// Something else than was observed comes of a case that we have listed; else the list is wrong.
  @TestFactory
  Stream<DynamicTest> eachDeviationDeviates() throws IOException {
    return ConformanceCases.cases().stream()
        .filter(ConformanceCases.Observed::isDeviation)
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> assertDeviates(one)));
  }

  @Test
  void eachDeviationNamesACase() throws IOException {
    var names = ConformanceCases.cases().stream().map(ConformanceCases.Observed::name).toList();

    assertThat(ConformanceCases.deviations()).isSubsetOf(names);
  }

  private void assertDeviates(ConformanceCases.Observed one)
      throws IOException, InterruptedException {
    var folder = Files.createDirectories(temporary.resolve(one.name()));
    var observed = Json.parseObject(Files.readString(ConformanceCases.observed(one.name())));

    var outcome = ConformanceCases.play(one.theCase(), folder);

    assertThat(ConformanceCases.differences(observed, outcome)).isNotEmpty();
  }

  private void run(ConformanceCases.Observed one) throws IOException, InterruptedException {
    var folder = Files.createDirectories(temporary.resolve(one.name()));

    var outcome = ConformanceCases.play(one.theCase(), folder);

    assertThat(ConformanceCases.differences(one.expected(), outcome)).isEmpty();
  }
}
