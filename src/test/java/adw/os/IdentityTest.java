package adw.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
  @TempDir private Path folder;

  @Test
  void thisProcessIsAliveAndIsReadBackFromItsLine() {
    var self = Identity.self();

    assertThat(self.judge()).isEqualTo(Life.ALIVE);
    assertThat(Identity.parse(self + "\n")).contains(self);
    assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void aNumberUsedAgainIsAnotherProcess() {
    var self = Identity.self();
    var earlier =
        new Identity(self.pid(), self.start() - 100, self.boot(), self.pidNamespace(), self.host());

    assertThat(earlier.judge()).isEqualTo(Life.DEAD);
  }

  @Test
  void beforeAnotherBootEverythingIsDead() {
    var self = Identity.self();

    assertThat(
            new Identity(self.pid(), self.start(), "other", self.pidNamespace(), self.host())
                .judge())
        .isEqualTo(Life.DEAD);
  }

  @Test
  void inAnotherNamespaceOrOnAnotherHostNobodyIsJudgedDead() {
    var self = Identity.self();
    var container = new Identity(1, 1, self.boot(), "4026999999", self.host());
    var elsewhere = new Identity(1, 1, "other", self.pidNamespace(), "build7/0123456789abcdef");

    assertThat(container.judge()).isEqualTo(Life.UNKNOWN);
    assertThat(elsewhere.judge()).isEqualTo(Life.UNKNOWN);
  }

  @Test
  void aChildThatEndedIsDead() throws Exception {
    Identity identity;
    try (var child = Children.sh(folder, "sleep 300").start()) {
      identity = Identity.of(child.pid()).orElseThrow();
      assertThat(identity.judge()).isEqualTo(Life.ALIVE);
    }

    assertThat(identity.judge()).isEqualTo(Life.DEAD);
  }

  @Test
  void theTreeOfAnEarlierBootHasNobodyWhateverRunsUnderThatNumberNow() {
    var self = Identity.self();
    var earlier = new Identity(self.pid(), self.start(), "other", self.pidNamespace(), self.host());

    assertThat(ProcessTree.of(self).isEmpty()).isFalse();
    assertThat(ProcessTree.of(earlier).isEmpty()).isTrue();
  }

  @Test
  void halfALineIsNoIdentity() {
    assertThat(Identity.parse("")).isEmpty();
    assertThat(Identity.parse("12 34")).isEmpty();
    assertThat(Identity.parse("12 99999999999999999999 b n h")).isEmpty();
  }

  @Test
  void theNameOfAProgramMayHoldBracketsAndBlanks() {
    var stat = "7 (a) b) c) S 3 7 5 0 -1 4194560 1 2 3 4 100 50 25 25 20 0 1 0 4242 1 2 3 4 5 6";

    assertThat(ProcessTable.parse(7, stat))
        .isEqualTo(new ProcessTable.Entry(7, 3, 5, 4242, Duration.ofSeconds(2), false));
  }
}
