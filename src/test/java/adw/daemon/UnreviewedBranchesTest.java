package adw.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import adw.daemon.scene.DaemonSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many finished branches await review.
class UnreviewedBranchesTest {
  @TempDir Path folder;

  private DaemonSandbox oneDone() throws Exception {
    var sandbox =
        DaemonSandbox.create(folder).workflow("make", "echo x > x\n").tasks("[] one #make\n");
    sandbox.runUntilIdle();
    sandbox.settings = sandbox.withUnreviewed(1);
    return sandbox;
  }

  @Test
  void aRecordThatDidNotChangeSinceTheLastLookIsNotReadAgain() throws Exception {
    var sandbox = oneDone();
    var reviews = new UnreviewedBranches(sandbox.context());
    var record = sandbox.state().run(sandbox.runs().getFirst().id()).resolve("run.json");
    var time = Files.getLastModifiedTime(record);
    assertThat(reviews.findHold()).isPresent();

    Files.writeString(record, " ".repeat((int) Files.size(record)));
    Files.setLastModifiedTime(record, time);
    assertThat(reviews.findHold()).isPresent();

    Files.setLastModifiedTime(record, FileTime.from(Instant.EPOCH));
    assertThat(reviews.findHold()).isEmpty();
  }

  @Test
  void aBranchThatWasMergedOrDeletedAwaitsNoReview() throws Exception {
    var sandbox = oneDone();
    var reviews = new UnreviewedBranches(sandbox.context());
    var branch = sandbox.runs().getFirst().place().orElseThrow().branch();
    assertThat(reviews.findHold().orElseThrow().why()).isEqualTo("1 branch awaits review");

    sandbox.git("checkout", "-q", "-b", "elsewhere");
    sandbox.git("merge", "-q", branch);
    assertThat(reviews.findHold()).isPresent();
    sandbox.git("branch", "-f", "main", "elsewhere");
    assertThat(reviews.findHold()).isEmpty();

    sandbox.git("branch", "-f", "main", "HEAD~1");
    assertThat(reviews.findHold()).isPresent();
    sandbox.git("update-ref", "-d", "refs/heads/" + branch);
    assertThat(reviews.findHold()).isEmpty();
  }
}
