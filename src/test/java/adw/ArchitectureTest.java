package adw;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds the package table of ARCHITECTURE.md: a new edge is a visible one-word change here.
class ArchitectureTest {
  /// The package, and behind the colon all others of ours that it may use.
  private static final Map<String, Set<String>> MAY_USE =
      table(
          """
          os:
          os.process: os
          text:
          json: os
          spend: json os
          task: text
          task.readiness: task text
          task.file: os os.process task
          git: git.config git.content os os.process text
          git.config: os os.process text
          git.content: git.config
          run: json os spend text
          agent: json os run spend
          agent.program: agent agent.output git.config json os os.process run spend text
          agent.output: agent json spend
          flow.definition: json os spend text
          flow.run: agent flow.definition json os os.process run spend text
          flow.drawing: flow.definition flow.run spend text
          workflow: git.config json os os.process run text
          planning: git.config json os os.process run task task.file task.readiness text workflow
          daemon.context: git git.config os os.process planning run task.file text workflow
          daemon.attempt: daemon.context git git.config git.content json os os.process planning run spend task text workflow
          daemon: daemon.attempt daemon.context git git.config json os os.process planning run task task.file task.readiness text workflow
          status: flow.definition flow.run git git.config json os os.process planning run spend task task.file task.readiness text workflow
          notify: cli.settings daemon.context json os os.process run text
          mcp: json os run
          cli: cli.command cli.console cli.flow os spend text
          cli.console: flow.run json os text
          cli.settings: agent.program cli.console daemon.context git.config os run task.file text workflow
          cli.project: agent agent.program cli.console cli.settings daemon daemon.context flow.definition flow.run git git.config json os os.process planning run spend status task task.file text workflow
          cli.watch: cli.console cli.project daemon.context json notify os run spend status task text
          cli.command: agent agent.program cli.console cli.project cli.settings cli.watch daemon daemon.attempt daemon.context flow.definition flow.drawing flow.run git git.config json mcp notify os os.process planning run spend status task task.file text workflow
          cli.flow: agent agent.program cli.console cli.project cli.settings daemon.context flow.definition flow.drawing flow.run json os os.process run spend text
          """);

  /// Types of one package that all reach each other: no more than three, but where it still says
  /// more. These numbers only fall.
  private static final Map<String, Integer> LARGEST_KNOT = Map.of("git", 28);

  /// Whoever needs more things than six is handed some of them as one.
  private static final int MOST_PARAMETERS = 6;

  /// Those that still take more: none may be added.
  private static final Set<String> STILL_WIDE =
      Set.of(
          "Caller",
          "DaemonContext",
          "DaemonSettings$Worktrees",
          "FileStat",
          "FlowWiring",
          "IndexStat",
          "JournalEntry",
          "Planner$View",
          "RepositoryStatus",
          "Settings",
          "Settings$NamedAgent",
          "StatusScan$Branch",
          "StatusSources",
          "TrackedLine");

  private static final Map<String, Set<String>> LIBRARY_IN =
      Map.ofEntries(
          Map.entry("org.commonmark.", Set.of("task")),
          Map.entry("org.tomlj.", Set.of("task", "cli.settings")),
          Map.entry("org.eclipse.jgit.", Set.of("git", "git.config", "git.content")),
          Map.entry("tools.jackson.", Set.of("json", "agent.output", "flow.definition")),
          Map.entry("dev.harrel.", Set.of("flow.definition")),
          Map.entry("picocli.", Set.of("cli", "cli.console", "cli.command", "cli.flow")),
          Map.entry("org.jline.", Set.of("cli.command", "cli.console", "cli.watch", "text")),
          Map.entry("ch.qos.logback.", Set.of("cli.project")),
          Map.entry("java.lang.ProcessBuilder", Set.of("os.process")),
          Map.entry("java.nio.channels.FileLock", Set.of("os")),
          Map.entry("java.nio.file.WatchService", Set.of("os")),
          Map.entry("java.lang.foreign.", Set.of("os", "os.process")));

  /// Wherever a build puts them.
  private static final String TESTS =
      ArchitectureTest.class.getProtectionDomain().getCodeSource().getLocation().toString();

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.asURI().toString().startsWith(TESTS))
          .importPackages("adw");

  @Test
  void eachPackageUsesOnlyWhatTheTableAllows() {
    var broken = new TreeMap<String, Set<String>>();
    for (var dependency : dependencies()) {
      var from = packageOf(dependency.getOriginClass());
      var to = packageOf(dependency.getTargetClass());
      if (!to.isEmpty() && !from.equals(to) && !MAY_USE.getOrDefault(from, Set.of()).contains(to)) {
        broken
            .computeIfAbsent(from + " > " + to, _ -> new TreeSet<>())
            .add(topOf(dependency.getOriginClass()) + ">" + topOf(dependency.getTargetClass()));
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void thePackagesOfTheTableAreThoseThatExist() {
    var packages =
        CLASSES.stream()
            .map(ArchitectureTest::packageOf)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages).isEqualTo(new TreeSet<>(MAY_USE.keySet()));
  }

  @Test
  void noPackageOfTheTableIsPartOfACycle() {
    assertThat(knots(MAY_USE)).isEmpty();
  }

  @Test
  void eachLibraryStaysInItsPackages() {
    var broken = new TreeSet<String>();
    for (var dependency : dependencies()) {
      var from = packageOf(dependency.getOriginClass());
      LIBRARY_IN.forEach((library, homes) -> {
        if (dependency.getTargetClass().getName().startsWith(library) && !homes.contains(from)) {
          broken.add(from + ": " + topOf(dependency.getOriginClass()) + " > " + library);
        }
      });
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void onlyCliPrintsAndExits() {
    var broken = new TreeSet<String>();
    for (var type : CLASSES) {
      var home = packageOf(type);
      if (home.equals("cli") || home.startsWith("cli.")) {
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

  /// The JDK's ways to read a text end at the first byte that is not UTF-8, and name no file. What
  /// is read here otherwise, the kernel has written.
  @Test
  void textIsReadWhereAFaultNamesItsFile() {
    var strict = Set.of("readString", "readAllLines", "lines", "newBufferedReader");
    var homes = Set.of("TextFile", "HostIdentity", "NewSession", "FolderSeal");
    var broken = new TreeSet<String>();
    for (var type : CLASSES) {
      type.getMethodCallsFromSelf().stream()
          .filter(call -> call.getTargetOwner().getName().equals("java.nio.file.Files"))
          .filter(call -> strict.contains(call.getName()) && !homes.contains(topOf(type)))
          .forEach(call -> broken.add(call.getDescription()));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void noMoreThanThreeTypesOfAPackageReachEachOther() {
    var broken = new TreeMap<String, List<Set<String>>>();
    for (var home : MAY_USE.keySet()) {
      var uses = new TreeMap<String, Set<String>>();
      for (var type : CLASSES) {
        if (packageOf(type).equals(home)) {
          var mine = uses.computeIfAbsent(topOf(type), _ -> new TreeSet<>());
          for (var dependency : type.getDirectDependenciesFromSelf()) {
            if (packageOf(dependency.getTargetClass()).equals(home)) {
              mine.add(topOf(dependency.getTargetClass()));
            }
          }
          mine.remove(topOf(type));
        }
      }
      var large =
          knots(uses).stream()
              .filter(knot -> knot.size() > LARGEST_KNOT.getOrDefault(home, 3))
              .toList();
      if (!large.isEmpty()) {
        broken.put(home, large);
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void noConstructorTakesMoreThanSixThings() {
    var wide = new TreeSet<String>();
    for (var type : CLASSES) {
      type.getConstructors().stream()
          .filter(constructor -> constructor.getParameters().size() > MOST_PARAMETERS)
          .filter(constructor -> !type.isAnonymousClass() && !type.isEnum())
          .forEach(_ -> wide.add(nameOf(type)));
    }
    wide.removeAll(STILL_WIDE);
    assertThat(wide).isEmpty();
  }

  @Test
  void noTwoTypesHaveOneName() {
    var homes = new TreeMap<String, Set<String>>();
    for (var type : CLASSES) {
      homes.computeIfAbsent(topOf(type), _ -> new TreeSet<>()).add(packageOf(type));
    }
    homes.values().removeIf(packages -> packages.size() == 1);
    homes.remove("package-info");
    assertThat(homes).isEmpty();
  }

  /// A name of one word says too little in a stack trace, unless it is the field's own.
  @Test
  void atMostOneTypeInFiveHasANameOfOneWord() {
    var names =
        CLASSES.stream()
            .map(ArchitectureTest::topOf)
            .filter(name -> !name.equals("package-info"))
            .collect(Collectors.toCollection(TreeSet::new));
    var oneWord = Pattern.compile("[A-Z][a-z0-9]*").asMatchPredicate();
    var short_ = names.stream().filter(oneWord).toList();
    assertThat(short_).hasSizeLessThan(names.size() / 5);
  }

  /// Sets of nodes that all reach each other, of two and more.
  private static List<Set<String>> knots(Map<String, Set<String>> uses) {
    var reached = new TreeMap<String, Set<String>>();
    for (var node : uses.keySet()) {
      var seen = new TreeSet<String>();
      var open = new ArrayList<>(uses.get(node));
      while (!open.isEmpty()) {
        var next = open.removeLast();
        if (seen.add(next)) {
          open.addAll(uses.getOrDefault(next, Set.of()));
        }
      }
      reached.put(node, seen);
    }
    var knots = new ArrayList<Set<String>>();
    var done = new TreeSet<String>();
    for (var node : uses.keySet()) {
      if (reached.get(node).contains(node) && !done.contains(node)) {
        var knot = new TreeSet<String>();
        for (var other : reached.get(node)) {
          if (reached.getOrDefault(other, Set.of()).contains(node)) {
            knot.add(other);
          }
        }
        done.addAll(knot);
        knots.add(knot);
      }
    }
    return knots;
  }

  private static List<Dependency> dependencies() {
    var all = new ArrayList<Dependency>();
    for (var type : CLASSES) {
      all.addAll(type.getDirectDependenciesFromSelf());
    }
    return all;
  }

  private static Map<String, Set<String>> table(String text) {
    var table = new TreeMap<String, Set<String>>();
    for (var line : text.strip().split("\n")) {
      var parts = line.split(":");
      table.put(
          parts[0].strip(), parts.length == 1 ? Set.of() : Set.of(parts[1].strip().split(" ")));
    }
    return table;
  }

  /// The part after `adw.`, or "" for types that are not ours.
  private static String packageOf(JavaClass type) {
    var name = type.getPackageName();
    return name.startsWith("adw.") ? name.substring(4) : "";
  }

  private static String nameOf(JavaClass type) {
    return type.getName().substring(type.getPackageName().length() + 1);
  }

  /// The name of the file's type, also for nested and anonymous ones.
  private static String topOf(JavaClass type) {
    var name = nameOf(type);
    return name.indexOf('$') < 0 ? name : name.substring(0, name.indexOf('$'));
  }
}
