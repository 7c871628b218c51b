package adw;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Holds the package table of ARCHITECTURE.md: a new edge is a visible one-word change here.
class ArchitectureTest {
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("os", Set.of()),
          Map.entry("task", Set.of("os")),
          Map.entry("git", Set.of("os")),
          Map.entry("run", Set.of("os")),
          Map.entry("agent", Set.of("run", "os")),
          Map.entry("flow", Set.of("agent", "run", "os")),
          Map.entry("workflow", Set.of("run", "os")),
          Map.entry("team", Set.of("run", "os")),
          Map.entry("daemon", Set.of("task", "git", "run", "workflow", "team", "os")),
          Map.entry("review", Set.of("task", "git", "run", "os")),
          Map.entry("town", Set.of("task", "git", "run", "workflow", "team", "daemon", "os")),
          Map.entry("board", Set.of("task", "run", "flow", "review", "team")),
          Map.entry("mcp", Set.of("task", "run", "flow", "review", "team", "os")),
          Map.entry(
              "cli",
              Set.of(
                  "os",
                  "task",
                  "git",
                  "run",
                  "agent",
                  "flow",
                  "workflow",
                  "team",
                  "daemon",
                  "review",
                  "town",
                  "board",
                  "mcp")));

  private static final Map<String, Set<String>> LIBRARY_IN =
      Map.ofEntries(
          Map.entry("org.commonmark.", Set.of("task")),
          Map.entry("org.tomlj.", Set.of("task", "cli")),
          Map.entry("org.eclipse.jgit.", Set.of("git")),
          Map.entry(
              "tools.jackson.",
              Set.of("run", "agent", "flow", "team", "town", "board", "mcp", "cli")),
          Map.entry("picocli.", Set.of("cli")),
          Map.entry("org.jline.", Set.of("cli")),
          Map.entry("ch.qos.logback.", Set.of("cli")),
          Map.entry("java.lang.ProcessBuilder", Set.of("os")),
          Map.entry("java.nio.channels.FileLock", Set.of("os")),
          Map.entry("java.nio.file.WatchService", Set.of("os")),
          Map.entry("java.lang.foreign.", Set.of("os")));

  /// Wherever a build puts them.
  private static final String TESTS =
      ArchitectureTest.class.getProtectionDomain().getCodeSource().getLocation().toString();

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.asURI().toString().startsWith(TESTS))
          .importPackages("adw");

  @Test
  void eachPackageUsesOnlyWhatTheTableAllows() {
    var broken = new TreeSet<String>();
    for (var dependency : dependencies()) {
      var from = packageOf(dependency.getOriginClass());
      var to = packageOf(dependency.getTargetClass());
      if (!to.isEmpty() && !from.equals(to) && !MAY_USE.getOrDefault(from, Set.of()).contains(to)) {
        broken.add(from + " → " + to + ": " + dependency.getDescription());
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void eachLibraryStaysInItsPackages() {
    var broken = new TreeSet<String>();
    for (var dependency : dependencies()) {
      var from = packageOf(dependency.getOriginClass());
      LIBRARY_IN.forEach((library, homes) -> {
        if (dependency.getTargetClass().getName().startsWith(library) && !homes.contains(from)) {
          broken.add(dependency.getDescription());
        }
      });
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void onlyCliPrintsAndExits() {
    var broken = new TreeSet<String>();
    for (var type : CLASSES) {
      if (packageOf(type).equals("cli")) {
        continue;
      }
      type.getFieldAccessesFromSelf().stream()
          .filter(access -> access.getTarget().getOwner().getName().equals("java.lang.System"))
          .forEach(access -> broken.add(access.getDescription()));
      type.getMethodCallsFromSelf().stream()
          .filter(call -> call.getTarget().getFullName().startsWith("java.lang.System.exit"))
          .forEach(call -> broken.add(call.getDescription()));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void noPackageIsPartOfACycle() {
    slices().matching("adw.(*)..").should().beFreeOfCycles().allowEmptyShould(true).check(CLASSES);
  }

  private static List<Dependency> dependencies() {
    var all = new ArrayList<Dependency>();
    for (var type : CLASSES) {
      all.addAll(type.getDirectDependenciesFromSelf());
    }
    return all;
  }

  /// The part after `adw.`, or "" for types that are not ours.
  private static String packageOf(JavaClass type) {
    var name = type.getPackageName();
    return name.startsWith("adw.") ? name.substring(4) : "";
  }
}
