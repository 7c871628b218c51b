package adw.os.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeTest {
  private static final OrphanProcesses.Patience SHORT =
      new OrphanProcesses.Patience(Duration.ofMillis(50), Duration.ofMillis(300));

  @TempDir private Path folder;

  @AfterEach
  void nobodyIsLeft() throws Exception {
    OrphanProcesses.of("adw_test0001", folder).sweep(SHORT);
    OrphanProcesses.of("adw_test0001", Path.of("/")).sweep(SHORT);
  }

  @Test
  void aPoliteTreeEndsWithoutWaitingForTheGrace() throws Exception {
    var supervisor =
        start(
            "trap 'echo bye >said; exit 7' TERM; sleep 300 & sleep 0.3; echo >ready; wait $!; wait $!");

    ProcessTree.of(supervisor).end(Duration.ofSeconds(30));

    assertThat(folder.resolve("said")).hasContent("bye");
    assertThat(SupervisedProcess.look(folder.resolve("p")))
        .isEqualTo(new SupervisedProcess.Exited(7));
  }

  @Test
  void whoIgnoresTermIsKilledWithAllChildren() throws Exception {
    var supervisor =
        start(
            "trap '' TERM; sh -c 'echo $$ >pid1; sleep 300; sleep 301' & echo >ready; sleep 302; sleep 303");

    var tree = ProcessTree.of(supervisor);
    tree.end(Duration.ofMillis(300));

    assertThat(tree.isEmpty()).isTrue();
    assertThat(ProcessIdentity.of(pid("pid1"))).isEmpty();
  }

  @Test
  void childrenBornDuringTheGraceAreEndedToo() throws Exception {
    var supervisor =
        start(
            "trap 'sleep 300 & echo $! >late; wait; sleep 301' TERM; echo >ready; while :; do sleep 0.05; done");

    ProcessTree.of(supervisor).end(Duration.ofSeconds(1));

    assertThat(ProcessIdentity.of(pid("late"))).isEmpty();
  }

  @Test
  void aChildBornTooLateForTheSignalIsToldOnceItsParentHasEnded() throws Exception {
    var supervisor =
        start(
            "trap 'sleep 300 & echo $! >late; exit 7' TERM; echo >ready; while :; do sleep 0.05; done");

    ProcessTree.of(supervisor).end(Duration.ofSeconds(30));

    assertThat(ProcessIdentity.of(pid("late"))).isEmpty();
  }

  @Test
  void aGrandchildReparentedWithinTheSessionIsFound() throws Exception {
    var supervisor = start("sh -c 'sleep 300 & echo $! >orphan'; echo >ready; sleep 301");

    ProcessTree.of(supervisor).end(Duration.ofSeconds(5));

    assertThat(ProcessIdentity.of(pid("orphan"))).isEmpty();
  }

  @Test
  void aGrandchildInASessionOfItsOwnIsFoundByTheMark() throws Exception {
    var supervisor =
        start(
            "setsid sh -c 'trap \"\" TERM; echo $$ >orphan; sleep 300; sleep 301' & while ! test -s orphan; do sleep 0.05; done; echo >ready");
    Awaitility.await().until(() -> supervisor.judge() == Liveness.DEAD);
    var leftovers = OrphanProcesses.of("adw_test0001", folder);

    assertThat(leftovers.inside()).extracting(one -> one.identity().pid()).contains(pid("orphan"));
    leftovers.sweep(SHORT);

    assertThat(leftovers.inside()).isEmpty();
    assertThat(ProcessIdentity.of(pid("orphan"))).isEmpty();
  }

  @Test
  void aMarkedProcessThatWorksElsewhereIsListedAndLeftAlone() throws Exception {
    start("cd / && setsid sleep 300 & sleep 0.5; echo >ready");
    var leftovers = OrphanProcesses.of("adw_test0001", folder);

    leftovers.sweep(SHORT);
    var outside = leftovers.outside();

    assertThat(outside).extracting(OrphanProcesses.Leftover::command).containsExactly("sleep 300");
    assertThat(outside.getFirst().identity().judge()).isEqualTo(Liveness.ALIVE);
  }

  @Test
  void aMarkCanBeLookedForWhereverItWorks() throws Exception {
    start("cd / && setsid sleep 300 & (cd /tmp && exec setsid sleep 301) & sleep 0.5; echo >ready");
    var everywhere = OrphanProcesses.ofMark(OrphanProcesses.MARK, "adw_test0001");

    assertThat(everywhere.inside()).hasSizeGreaterThanOrEqualTo(2);
    everywhere.sweep(SHORT);

    assertThat(everywhere.inside()).isEmpty();
  }

  @Test
  void aWorktreeWhoseNameBeginsLikeOursIsAnother() throws Exception {
    start("setsid sleep 300 & sleep 0.5; echo >ready");
    var name = folder.getFileName().toString();
    var shorter = folder.resolveSibling(name.substring(0, name.length() - 1));

    assertThat(OrphanProcesses.of("adw_test0001", shorter).inside()).isEmpty();
    assertThat(OrphanProcesses.of("adw_test0001", folder.resolve("..").normalize()).inside())
        .extracting(OrphanProcesses.Leftover::command)
        .contains("sleep 300");
  }

  @Test
  void theMarkOfAnotherRunIsNotOurs() throws Exception {
    start("setsid sleep 300 & sleep 0.5; echo >ready");

    assertThat(OrphanProcesses.of("adw_test000", folder).inside()).isEmpty();
    assertThat(OrphanProcesses.of("adw_test00012", folder).inside()).isEmpty();
  }

  @Test
  void theProcessorTimeOfTheTreeCountsChildrenThatEnded() throws Exception {
    var supervisor =
        start(
            "i=0; sh -c 'i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done'; echo >ready; sleep 300");

    assertThat(ProcessTree.of(supervisor).cpu()).isGreaterThan(Duration.ofMillis(50));
  }

  @Test
  void aTreeWhoseRootHadItsNumberUsedAgainIsEmpty() {
    var self = ProcessIdentity.self();
    var earlier =
        new ProcessIdentity(
            self.pid(), self.start() - 1, self.boot(), self.pidNamespace(), self.host());

    assertThat(ProcessTree.of(earlier).isEmpty()).isTrue();
    assertThat(ProcessTree.of(earlier).cpu()).isZero();
  }

  private ProcessIdentity start(String script) throws IOException {
    var job = TestChildren.job(folder, script, Map.of(OrphanProcesses.MARK, "adw_test0001"));
    Supervisor.start(folder.resolve("p"), job);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(10))
        .until(() -> Files.exists(folder.resolve("ready")));
    return ProcessIdentity.parse(Files.readString(folder.resolve("p/pid"))).orElseThrow();
  }

  private long pid(String file) throws IOException {
    return Long.parseLong(Files.readString(folder.resolve(file)).strip());
  }
}
