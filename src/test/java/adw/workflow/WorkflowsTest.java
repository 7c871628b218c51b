package adw.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import adw.workflow.Selection.Chosen;
import adw.workflow.Selection.Unusable;
import adw.workflow.Workflow.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowsTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", System.getenv("PATH"));

  @TempDir private Path root;
  private Path adws;

  @BeforeEach
  void anEmptyFolder() throws Exception {
    adws = Files.createDirectory(root.resolve("adws"));
  }

  @Test
  void aTagEqualToAFilesNameSelectsIt() throws Exception {
    var file = program("adw_port.rb", "#!/usr/bin/env ruby\n", true);

    var chosen = chosen(List.of("opus", "adw_port"));

    assertThat(chosen).isEqualTo(new Workflow("adw_port", new Kind.Program(file, List.of())));
    assertThat(chosen.argv(root)).containsExactly(file.toString());
  }

  @Test
  void withoutSuchATagTheDefaultIsSelected() throws Exception {
    assertThat(chosen(List.of("frontend")).kind())
        .isEqualTo(new Kind.AgentProgram(List.of("sh", "-c", "cat")));
  }

  @Test
  void aFileOfTheSameNameWinsOverABuiltInWorkflow() throws Exception {
    program("adw_build.sh", "exit 0\n", true);
    program("adw_sh.sh", "exit 0\n", true);

    assertThat(chosen(List.of()).kind()).isInstanceOf(Kind.Program.class);
    assertThat(chosen(List.of("sh")).kind()).isInstanceOf(Kind.Program.class);
  }

  @Test
  void knownKindsNeedNoExecutableBit() throws Exception {
    program("adw_a.sh", "exit 0\n", false);
    program("adw_b.py", "pass\n", false);
    program("adw_c.js", "1\n", true);
    program("adw_d.java", "void main() {}\n", false);
    program("adw_e.sh", "#!/usr/bin/env -S bash -e\r\nexit 0\n", false);

    assertThat(launcher("adw_a")).containsExactly("sh");
    assertThat(launcher("adw_b")).containsExactly("python3");
    assertThat(launcher("adw_d").getFirst()).endsWith("bin/java");
    assertThat(launcher("adw_e")).containsExactly("/usr/bin/env", "-S bash -e");
    assertThat(launcherUnprobed("adw_c")).containsExactly("node");
  }

  @Test
  void aDeclaredFlowIsExecutedByOurselvesAndCheckedBefore() throws Exception {
    var file = program("adw_flow.jsonc", "{}", false);
    var kind = new Kind.Flow(file.toString(), List.of("adw", "flow", "exec"));

    assertThat(chosen(List.of("adw_flow")).kind()).isEqualTo(kind);
    assertThat(chosen(List.of("adw_flow")).argv(root))
        .containsExactly("adw", "flow", "exec", file.toString());

    var bad = new Unusable("adws/adw_flow.jsonc:1: no phases", "add one");
    var checked = Workflows.of(adws, settings(), _ -> Optional.of(bad), (_, _) -> Optional.empty());
    assertThat(checked.select(wish(List.of("adw_flow"), "t", ""))).isEqualTo(bad);
    assertThat(checked.select(wish(List.of("sh"), "`true`", ""))).isInstanceOf(Chosen.class);
  }

  @Test
  void aBuiltInFlowNeedsNoFile() throws Exception {
    assertThat(chosen(List.of("adw_plan_implement")).argv(root))
        .containsExactly("adw", "flow", "exec", "adw_plan_implement");
  }

  @Test
  void twoWorkflowsInTheTagsHoldTheTask() throws Exception {
    program("adw_a.sh", "", true);

    assertThat(unusable(List.of("adw_a", "sh")).why())
        .isEqualTo("two workflows: #adw_a and #adw_sh");
    assertThat(workflows().select(wish(List.of("sh", "adw_sh"), "`true`", "")))
        .isInstanceOf(Chosen.class);
  }

  @Test
  void anUnknownWorkflowsTagHoldsTheTaskAndNamesThoseThereAre() throws Exception {
    program("adw_mine.sh", "", true);

    assertThat(unusable(List.of("adw_mien")))
        .isEqualTo(
            new Unusable(
                "no workflow adw_mien",
                "make adws/adw_mien.sh, or use one of adw_build, adw_mine, adw_plan_implement, adw_sh"));
  }

  @Test
  void aFileWithoutTheExecutableBitSaysHowToSetIt() throws Exception {
    var file = program("adw_x", "#!/bin/sh\n", false);

    assertThat(unusable(List.of("adw_x")))
        .isEqualTo(new Unusable(file + " is not executable", "run: chmod +x '" + file + "'"));
  }

  @Test
  void twoFilesOfOneNameHoldTheTaskButCopiesOfEditorsDoNot() throws Exception {
    program("adw_x.sh", "", true);
    program("adw_x.sh~", "", true);
    program("adw_x.orig", "", true);
    program(".adw_x.swp", "", true);
    program("adw_x.md", "", true);
    assertThat(chosen(List.of("adw_x")).kind()).isInstanceOf(Kind.Program.class);

    program("adw_x.py", "", true);
    assertThat(unusable(List.of("adw_x")).why())
        .isEqualTo("two files are workflow adw_x: adw_x.py, adw_x.sh");
  }

  @Test
  void withoutAnAgentOrWithOneThatIsNotInstalledTheTaskIsHeld() throws Exception {
    var none = new WorkflowSettings("adw_build", List.of(), List.of(), Set.of(), ENVIRONMENT);
    var absent =
        new WorkflowSettings("adw_build", List.of("no-agent"), List.of(), Set.of(), ENVIRONMENT);

    assertThat(Workflows.of(adws, none).select(wish(List.of(), "t", "")))
        .isInstanceOfSatisfying(
            Unusable.class, held -> assertThat(held.why()).isEqualTo("no agent found"));
    assertThat(Workflows.of(adws, absent).select(wish(List.of(), "t", "")))
        .isEqualTo(
            new Unusable("no agent found: no-agent is not on the PATH", "install it, or tag #sh"));
  }

  @Test
  void aMissingDefaultHoldsTheTask() throws Exception {
    var settings = new WorkflowSettings("mine", List.of(), List.of(), Set.of(), ENVIRONMENT);

    assertThat(Workflows.of(adws, settings).select(wish(List.of(), "t", "")))
        .isInstanceOfSatisfying(
            Unusable.class, held -> assertThat(held.why()).isEqualTo("no workflow mine"));
  }

  @Test
  void aRepositoryWithoutTheFolderHasTheBuiltInOnes() throws Exception {
    assertThat(Workflows.of(root.resolve("absent"), settings()).names())
        .containsExactly("adw_build", "adw_plan_implement", "adw_sh");
  }

  @Test
  void theShellScriptIsWrittenDownAndRunWithoutAnythingElse() throws Exception {
    var argv = selectShell("`npx prettier -w .` #sh", "").argv(root.resolve("run"));

    assertThat(argv).containsExactly("sh", "-eu", root.resolve("run/task.sh").toString());
    assertThat(root.resolve("run/task.sh")).hasContent("npx prettier -w .");
  }

  @Test
  void oneCodeSpanThatIsTheWholeTextIsAScript() throws Exception {
    assertThat(script("`a b`")).isEqualTo("a b\n");
    assertThat(script("#sh `a` @bot #x")).isEqualTo("a\n");
    assertThat(script("`` echo `date` `` #sh")).isEqualTo("echo `date`\n");
  }

  @Test
  void proseIsNeverRun() throws Exception {
    for (var text :
        List.of("rm -rf build", "run `make`", "`a` and `b`", "`a` `b`", "` `", "``", "")) {
      assertThat(workflows().select(wish(List.of("sh"), text, "no block")))
          .as(text)
          .isInstanceOfSatisfying(
              Unusable.class,
              held -> assertThat(held.why()).isEqualTo("nothing that sh could run"));
    }
  }

  @Test
  void theFencedShBlocksOfTheBodyAreTheScript() throws Exception {
    var body =
        """
        Explanation.
        ```sh
        echo one
          ```` not the end
        ```
        ```python
        print("no")
        ```
          ~~~ sh title
          echo two
            indented
          ~~~
        """;

    assertThat(((Kind.Shell) selectShell("tidy up", body).kind()).script())
        .isEqualTo("echo one\n  ```` not the end\necho two\n  indented\n");
  }

  @Test
  void aBlockInAnotherBlockIsText() throws Exception {
    var body = "````markdown\n```sh\nrm -rf /\n```\n````\n";

    assertThat(workflows().select(wish(List.of("sh"), "document it", body)))
        .isInstanceOf(Unusable.class);
  }

  @Test
  void aBlockWithoutAnEndIsNotRun() throws Exception {
    assertThat(workflows().select(wish(List.of("sh"), "x", "```sh\necho half")))
        .isEqualTo(new Unusable("the block ```sh has no end", "close it with ```"));
  }

  private String script(String text) throws IOException {
    return ((Kind.Shell) selectShell(text, "").kind()).script();
  }

  private Workflow selectShell(String text, String body) throws IOException {
    return ((Chosen) workflows().select(wish(List.of("sh"), text, body))).workflow();
  }

  private List<String> launcher(String tag) throws IOException {
    return ((Kind.Program) chosen(List.of(tag)).kind()).launcher();
  }

  private List<String> launcherUnprobed(String tag) throws IOException {
    var selection =
        Workflows.of(adws, settings(), WorkflowCheck.NONE, (_, _) -> Optional.empty())
            .select(wish(List.of(tag), "t", ""));
    return ((Kind.Program) ((Chosen) selection).workflow().kind()).launcher();
  }

  private Workflow chosen(List<String> tags) throws IOException {
    return ((Chosen) workflows().select(wish(tags, "a task", ""))).workflow();
  }

  private Unusable unusable(List<String> tags) throws IOException {
    return (Unusable) workflows().select(wish(tags, "`true`", ""));
  }

  private Workflows workflows() {
    return Workflows.of(adws, settings());
  }

  private static WorkflowSettings settings() {
    return new WorkflowSettings(
        "adw_build",
        List.of("sh", "-c", "cat"),
        List.of("adw", "flow", "exec"),
        Set.of("adw_plan_implement"),
        ENVIRONMENT);
  }

  private Path program(String name, String text, boolean executable) throws IOException {
    var file = Files.writeString(adws.resolve(name), text);
    var mode = executable ? "rwxr-xr-x" : "rw-r--r--";
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static Workflows.Wish wish(List<String> tags, String text, String body) {
    return new Workflows.Wish(tags, text, body, Optional.empty());
  }
}
