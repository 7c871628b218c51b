package adw.daemon.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import adw.run.RunStore;
import adw.run.StateFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortLeasesTest {
  private static final int RUNS = 8;
  private static final int TIMES = 100;

  @TempDir Path folder;

  private final ConcurrentHashMap<Integer, String> leased = new ConcurrentHashMap<>();

  /// A lease of a run that is over by then, looked at by the next run, was an error of that run.
  @Test
  void runsThatStartWhileOthersEndGetPortsOfTheirOwn() throws Exception {
    var state = StateFolder.of(folder);
    state.create();
    var runs = new RunStore(state);
    var ports = new PortLeases(state, runs);
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<?>>();
      for (var i = 0; i < RUNS; i++) {
        var id = "adw_0000000" + i;
        all.add(pool.submit(() -> leaseAndRelease(ports, runs, id)));
      }
      for (var one : all) {
        one.get();
      }
    }

    assertThat(leased).isEmpty();
  }

  private Void leaseAndRelease(PortLeases ports, RunStore runs, String run) throws Exception {
    for (var i = 0; i < TIMES; i++) {
      runs.open(run);
      var port = ports.lease(run);
      assertThat(leased.putIfAbsent(port, run)).isNull();
      leased.remove(port);
      ports.release(run, port);
      runs.close(run);
    }
    return null;
  }

  @Test
  void aRunThatGoesOnTakesNoPortFromTheOneThatHasItByNow() throws Exception {
    var state = StateFolder.of(folder);
    var runs = new RunStore(state.create());
    var ports = new PortLeases(state, runs);
    var port = ports.lease("adw_00000001");
    ports.release("adw_00000001", port);
    runs.open("adw_00000002");
    assertThat(ports.lease("adw_00000002")).isEqualTo(port);
    runs.open("adw_00000001");

    assertThat(ports.renew("adw_00000001", port)).isNotEqualTo(port);

    ports.release("adw_00000001", port);
    runs.open("adw_00000003");
    assertThat(ports.lease("adw_00000003")).isNotEqualTo(port);
  }
}
