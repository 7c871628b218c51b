package adw.os.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {
  @TempDir private Path folder;

  @Test
  void thisProcessIsAliveAndIsReadBackFromItsLine() {
    var self = ProcessIdentity.self();

    assertThat(self.judge()).isEqualTo(Liveness.ALIVE);
    assertThat(ProcessIdentity.parse(self + "\n")).contains(self);
    assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void aNumberUsedAgainIsAnotherProcess() {
    var self = ProcessIdentity.self();
    var earlier =
        new ProcessIdentity(
            self.pid(), self.start() - 100, self.boot(), self.pidNamespace(), self.host());

    assertThat(earlier.judge()).isEqualTo(Liveness.DEAD);
  }

  @Test
  void beforeAnotherBootEverythingIsDead() {
    var self = ProcessIdentity.self();

    assertThat(
            new ProcessIdentity(self.pid(), self.start(), "other", self.pidNamespace(), self.host())
                .judge())
        .isEqualTo(Liveness.DEAD);
  }

  @Test
  void inAnotherNamespaceOrOnAnotherHostNobodyIsJudgedDead() {
    var self = ProcessIdentity.self();
    var container = new ProcessIdentity(1, 1, self.boot(), "4026999999", self.host());
    var elsewhere =
        new ProcessIdentity(1, 1, "other", self.pidNamespace(), "build7/0123456789abcdef");

    assertThat(container.judge()).isEqualTo(Liveness.UNKNOWN);
    assertThat(elsewhere.judge()).isEqualTo(Liveness.UNKNOWN);
  }

  @Test
  void aChildThatEndedIsDead() throws Exception {
    ProcessIdentity identity;
    try (var child = TestChildren.sh(folder, "sleep 300").start()) {
      identity = ProcessIdentity.of(child.pid()).orElseThrow();
      assertThat(identity.judge()).isEqualTo(Liveness.ALIVE);
    }

    assertThat(identity.judge()).isEqualTo(Liveness.DEAD);
  }

  @Test
  void theTreeOfAnEarlierBootHasNobodyWhateverRunsUnderThatNumberNow() {
    var self = ProcessIdentity.self();
    var earlier =
        new ProcessIdentity(self.pid(), self.start(), "other", self.pidNamespace(), self.host());

    assertThat(ProcessTree.of(self).isEmpty()).isFalse();
    assertThat(ProcessTree.of(earlier).isEmpty()).isTrue();
  }

  @Test
  void halfALineIsNoIdentity() {
    assertThat(ProcessIdentity.parse("")).isEmpty();
    assertThat(ProcessIdentity.parse("12 34")).isEmpty();
    assertThat(ProcessIdentity.parse("12 99999999999999999999 b n h")).isEmpty();
  }

  @Test
  void theNameOfAProgramMayHoldBracketsAndBlanks() {
    var stat = "7 (a) b) c) S 3 7 5 0 -1 4194560 1 2 3 4 100 50 25 25 20 0 1 0 4242 1 2 3 4 5 6";

    assertThat(ProcessTable.parse(7, stat))
        .isEqualTo(new ProcessTable.Entry(7, 3, 5, 4242, Duration.ofSeconds(2), false));
  }
}
