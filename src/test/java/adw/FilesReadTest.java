package adw;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every class that reads a file is named here with the file: one that cannot be used costs what is
/// in it, and no other task.
class FilesReadTest {
  private static final String TESTS =
      FilesReadTest.class.getProtectionDomain().getCodeSource().getLocation().toString();

  private static final Set<String> READING =
      Set.of(
          "java.nio.file.Files.readAllBytes",
          "java.nio.file.Files.newInputStream",
          "java.nio.file.Files.newByteChannel",
          "java.nio.channels.FileChannel.open",
          "java.io.RandomAccessFile.<init>",
          "java.io.FileInputStream.<init>",
          "adw.os.TextFile.read",
          "adw.os.TextFile.readAny",
          "adw.os.TextFile.reader",
          "adw.json.JsonFile.read");

  /// Damaged in DamagedFilesTest and DamagedRepositoryTest, all of them at each run.
  private static final String OF_ALL_TASKS =
      """
      AgentPauses       STATE/agents/paused
      Attributes        .gitattributes, .git/info/attributes
      BaseVerdicts      STATE/verified
      BudgetRaises      STATE/agents/raises.json
      DaemonLock        STATE/daemons
      DoneMoves         STATE/moves.json
      EventLog          STATE/runs/ID/events.jsonl
      ExcludeFile       .git/info/exclude
      FailureStreaks    STATE/streaks.json
      FetchRecord       STATE/fetches, .git/FETCH_HEAD
      FileSwap          STATE/journal/versions
      FileVersions      STATE/journal/versions
      FlowAnswers       STATE/runs/ID/flow/waiting.json
      FlowFolders       adws/NAME.json
      FlowRunFile       STATE/flows, STATE/runs/ID/flow
      GivenApproval     STATE/runs/ID/approval.json
      GlobalHolds       STATE/held.json
      Ignores           .gitignore, .git/info/exclude
      Index             .git/index, .git/worktrees/ID/index
      Journal           STATE/journal/log
      JsonFile          STATE/NAME.json
      LastSettings      STATE/settings.toml
      Ledger            STATE/ledger.jsonl
      LockedTaskFile    STATE/journal/versions
      LineLog           STATE/NAME.jsonl
      LogTexts          STATE/runs/ID/proc
      LogsCommand       STATE/runs/ID/proc
      MergeRoad         .git/info/attributes
      OutputTail        STATE/runs/ID/proc
      PortLeases        STATE/ports
      PromptFile        STATE/runs/ID/answers.md
      PromptFiles       adws/NAME.md
      PutBackLines      STATE/journal/put-back
      QueueOwner        STATE/journal/about
      RemovalLog        STATE/removals.jsonl
      RepositoryPaths   .git/HEAD, packed-refs, worktrees/ID
      RepositoryStatus  STATE/daemons
      RequestFolder     STATE/requests
      ResultCache       STATE/flows/cache
      WorkflowResultFile        STATE/runs/ID/result.json
      RoleFolders       adws/agents/NAME.md
      RunStore          STATE/runs/ID/run.json
      ShowCommand       STATE/runs/ID/run.json
      StaleFiles        STATE/ports
      StopWord          STATE/stop
      Stopwatch         STATE/runs/ID/proc
      SupervisedProcess STATE/runs/ID/proc
      TaskFileWriter    STATE/journal/versions
      TimedLines        STATE/sightings.json
      UnsentWords       STATE/runs/ID/answers.md
      WorktreeInclude   .worktreeinclude
      """;

  /// What it tells is needed by one call, one command or nobody else.
  private static final String OF_ONE_THING =
      """
      BranchCopy        a call's own worktree
      ChildTrace        what git says of its own end
      ContextFiles      a phase's own files
      DemoCommand       the demo's own task file
      DetachedRun       the log of the daemon that it started
      DoctorChecks      what it looks at
      DurableFiles      the copy that it makes
      FileFault         the task file itself: TaskFileKindTest
      FlowSave          the flow that is to be saved
      GitBackend        a worktree's own index
      InitProposal      what it makes proposals of
      Interpreter       a workflow's own first line
      Login             who pays: InstalledAgentsTest
      ModelRoles        the settings that it edits
      AheadNote         what adw doctor says
      ReadyRecord       a ready worktree's own record: MadeAheadTest
      SetUpAhead        scripts that set-up names: PoolFillerTest
      ReportFile        a call's own report
      ResetCommand      the version that it brings back
      SessionTotals     a session's own costs
      SettingsFile      adw.toml: SettingsFileTest, OwnProcessesTest
      Sha256            the file that is asked for
      TableKeys         a run's own log
      TextFile          for all of these
      WorldFingerprint  a phase's own files
      """;

  private static final String OF_THE_KERNEL =
      """
      LockFile          opened, never read
      LockHolder        /proc/locks
      OrphanProcesses   /proc
      ProcessTable      /proc
      RandomToken       /dev/urandom
      StartProblem      the first line of a program
      StreamCapture     a child's output
      """;

  @Test
  void everyFileThatIsReadIsDamagedInATest() {
    var readers =
        new ClassFileImporter()
                .withImportOption(location -> !location.asURI().toString().startsWith(TESTS))
                .importPackages("adw")
                .stream()
                .filter(FilesReadTest::reads)
                .map(type -> type.getName().replaceFirst(".*[.]", "").replaceFirst("\\$.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    for (var table : List.of(OF_ALL_TASKS, OF_ONE_THING, OF_THE_KERNEL)) {
      table.lines().map(line -> line.substring(0, line.indexOf(' '))).forEach(readers::remove);
    }

    assertThat(readers).isEmpty();
  }

  private static boolean reads(JavaClass type) {
    return type.getCodeUnitCallsFromSelf().stream()
        .map(call -> name(call.getTarget()))
        .anyMatch(READING::contains);
  }

  private static String name(AccessTarget target) {
    return target.getOwner().getName() + "." + target.getName();
  }
}
