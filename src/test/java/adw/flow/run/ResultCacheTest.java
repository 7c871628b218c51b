package adw.flow.run;

import static adw.flow.run.FlowProject.flow;
import static org.assertj.core.api.Assertions.assertThat;

import adw.flow.definition.PhaseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultCacheTest {
  @TempDir Path folder;
  FlowProject project = new FlowProject(Path.of("."));
  Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void open() {
    project = new FlowProject(folder);
    project.clock = () -> now;
  }

  private static String cached(String more) {
    return flow(
        "{\"id\":\"a\",\"task\":\"<<say A#a#>>\",\"cache\":{\"scope\":\"cross-run\"" + more + "}}");
  }

  @Test
  void aResultIsUsedAgainUntilItIsTooOld() throws IOException {
    assertThat(project.run(cached(",\"ttl\":\"6h\"")).finalOutput()).isEqualTo("A1");
    now = now.plus(Duration.ofHours(5));
    assertThat(project.run(cached(",\"ttl\":\"6h\"")).finalOutput()).isEqualTo("A1");
    now = now.plus(Duration.ofHours(2));
    assertThat(project.run(cached(",\"ttl\":\"6h\"")).finalOutput()).isEqualTo("A2");
    now = now.plus(Duration.ofDays(91));
    assertThat(project.run(cached("")).finalOutput()).isEqualTo("A3");
  }

  @Test
  void theWorldInTheFingerprintMakesAMiss() throws IOException {
    project.with("src/a.txt", "1").with("src/deep/b.txt", "2");
    var flow =
        cached(
            ",\"fingerprint\":[\"glob!:src/**/*.txt\",\"git:HEAD\",\"env:HOME\",\"file:src/a.txt\",\"git:--evil\"]");

    assertThat(project.run(flow).finalOutput()).isEqualTo("A1");
    assertThat(project.run(flow).finalOutput()).isEqualTo("A1");
    project.with("src/deep/b.txt", "3");
    assertThat(project.run(flow).finalOutput()).isEqualTo("A2");
    project.with("src/new.txt", "x");
    assertThat(project.run(flow).finalOutput()).isEqualTo("A3");
  }

  @Test
  void theItemsOfAMapAreKeptOneByOne() throws IOException {
    project.run(
        flow(
            "{\"id\":\"m\",\"type\":\"map\",\"over\":[1,2],\"task\":\"i{item}\",\"cache\":{\"scope\":\"cross-run\"}}"));
    project.stub.takePrompts();

    var ended =
        project.run(
            flow(
                "{\"id\":\"m\",\"type\":\"map\",\"over\":[1,2,3],\"task\":\"i{item}\",\"cache\":{\"scope\":\"cross-run\"}}"));

    assertThat(project.stub.takePrompts()).containsExactly("i3");
    assertThat(ended.usage().calls()).isEqualTo(1);
  }

  @Test
  void theLeastRecentlyUsedGoFirst() throws IOException {
    var cache = project.cache();
    var kept = "0000";
    cache.put(kept, PhaseResult.done("kept"));
    for (var i = 1; i <= 1060; i++) {
      now = now.plusSeconds(1);
      cache.put(String.format(java.util.Locale.ROOT, "%04d", i), PhaseResult.done("x"));
      assertThat(cache.find(kept, Optional.empty())).isPresent();
    }

    assertThat(cache.find("0001", Optional.empty())).isEmpty();
    assertThat(cache.clear()).isBetween(1000, 1050);
  }

  @Test
  void manyAtOnceNeverSeeHalfAnEntry() throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<java.util.concurrent.Future<?>>();
      for (var n = 0; n < 8; n++) {
        var cache = project.cache();
        all.add(
            pool.submit(() -> {
              for (var i = 0; i < 200; i++) {
                cache.put("k" + i % 5, PhaseResult.done("x".repeat(5000)));
                cache
                    .find("k" + i % 5, Optional.empty())
                    .ifPresent(found -> assertThat(found.output().orElseThrow()).hasSize(5000));
                assertThat(cache.find("k" + i % 5, Optional.empty())).isPresent();
              }
              return null;
            }));
      }
      for (var one : all) {
        one.get();
      }
    }
  }

  @Test
  void anEntryThatCannotBeReadIsAMiss() throws IOException {
    assertThat(project.run(cached("")).finalOutput()).isEqualTo("A1");
    try (var files = Files.list(folder.resolve("cache"))) {
      Files.writeString(files.findFirst().orElseThrow(), "{\"at\":");
    }

    assertThat(project.run(cached("")).finalOutput()).isEqualTo("A2");
  }
}
