package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adw.cli.console.Caller;
import adw.cli.console.CommandCatalog;
import adw.os.process.LockHolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path folder;

  @Test
  void whatAdwStartsAndLooksForIsThisClass() {
    assertThat(LockHolder.MAIN_CLASS).isEqualTo(Main.class.getName());
  }

  @Test
  void whatStartsQuicklyIsReadWithoutPicocli() {
    for (var group : CommandCatalog.ALL) {
      for (var line : group.lines()) {
        assertThat(FastPath.find(new String[] {line.name()}).isPresent())
            .as(line.name())
            .isEqualTo(line.start() == CommandCatalog.Start.QUICK);
      }
    }
  }

  @Test
  void withoutACommandTheHelpPageIsShown() throws IOException {
    var program = AdwProgram.in(folder);

    assertThat(program.run()).isEqualTo(new AdwProgram.Ended(0, CommandCatalog.page(), ""));
    assertThat(program.run("--help")).isEqualTo(program.run());
    assertThat(program.run("-C", "x", "-q", "help")).isEqualTo(program.run());
  }

  @Test
  void theHelpPageListsExactlyTheCommandsThatExist() throws IOException {
    var tree = CommandTree.create(Caller.ofProcess());
    var commands = new TreeSet<String>();
    tree.getSubcommands().values().forEach(command -> commands.add(command.getCommandName()));

    assertThat(commands).containsExactlyInAnyOrderElementsOf(CommandCatalog.names());
  }

  @Test
  void everyCommandHasAHelpPageWithAnExample() throws IOException {
    for (var verb : CommandCatalog.names()) {
      var ended = AdwProgram.in(folder).run(verb, "--help");

      assertThat(ended.code()).as(verb).isZero();
      assertThat(ended.out()).as(verb).contains("usage: adw " + verb).contains("Example");
      assertThat(ended.out().lines().mapToInt(String::length).max().orElse(0))
          .as(verb)
          .isLessThanOrEqualTo(80);
    }
  }

  @Test
  void mistypedWordsNameTheNearestOneThatExists() throws IOException {
    assertUsage(List.of("stauts"), "adw: unknown command 'stauts' (did you mean 'status'?)\n");
    assertUsage(List.of("frobnicate"), "adw: unknown command 'frobnicate' (adw --help)\n");
    assertUsage(
        List.of("status", "--jsno"),
        "adw: status: unknown option '--jsno' (did you mean '--json'?)\n");
    assertUsage(List.of("status", "x"), "adw: status: unexpected 'x' (adw status --help)\n");
    assertUsage(List.of("add"), "adw: add: missing required parameter: 'TEXT' (adw add --help)\n");
    assertUsage(
        List.of("--color", "blue"),
        "adw: --color 'blue' is none of auto, always, never (adw --help)\n");
    assertUsage(
        List.of("completion", "csh"),
        "adw: completion: 'csh' is none of bash, zsh, fish (adw completion --help)\n");
    assertUsage(
        List.of("undo", "--file", "x"), "adw: undo: --file 'x' is no number (adw undo --help)\n");
  }

  @Test
  void helpBeforeACommandIsItsHelp() throws IOException {
    var program = AdwProgram.in(folder);

    assertThat(program.run("help", "add")).isEqualTo(program.run("add", "--help"));
    assertThat(program.run("help", "flow", "run")).isEqualTo(program.run("flow", "run", "--help"));
  }

  @Test
  void aFolderNamedLikeACommandIsAFolder() throws IOException {
    assertThat(AdwProgram.in(folder).run("-C", "run", "--help").out())
        .isEqualTo(CommandCatalog.page());
  }

  private void assertUsage(List<String> args, String message) throws IOException {
    assertThat(AdwProgram.in(folder).run(args.toArray(String[]::new)))
        .isEqualTo(new AdwProgram.Ended(2, "", message));
  }
}
