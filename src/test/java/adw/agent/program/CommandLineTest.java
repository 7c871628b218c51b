package adw.agent.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adw.agent.AgentCall;
import adw.agent.CallLimits;
import adw.agent.CallOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private static final Path SCRATCH = Path.of("/tmp/adw-1");
  private static final AgentCall CALL = AgentCall.of("do it", Path.of("/work"), Map.of());

  @Test
  void whatIsNotWishedForIsNotGiven() {
    var line = CommandLine.of(preset("pi"), CALL, SCRATCH);

    assertThat(line.argv()).containsExactly("pi", "--mode", "json", "-p");
    assertThat(line.input()).isEqualTo("do it");
    assertThat(line.files()).isEmpty();
  }

  @Test
  void wishesAndLimitsBecomeArguments() {
    var wishes =
        CallOptions.NONE
            .withModel("opus")
            .withInstructions("reviewer", "Be strict.")
            .withSession("s1")
            .withThinking(Optional.of("minimal"));
    var call = CALL.with(wishes).with(CallLimits.DEFAULT.withTurns(5).withUsd(2.5));

    var line = CommandLine.of(preset("claude"), call, SCRATCH);

    var file = PromptFolder.place(Path.of("/tmp"), "prompt-reviewer.md", "Be strict.");
    assertThat(String.join(" ", line.argv()))
        .endsWith(
            " --model opus --append-system-prompt-file "
                + file
                + " --effort low"
                + " --max-turns 5 --max-budget-usd 2.5 --resume s1");
    assertThat(line.files()).isEmpty();
    assertThat(line.kept()).isEqualTo(Map.of(file, "Be strict."));
  }

  @Test
  void aRestrictionToToolsReachesEachProgramThatCanHoldItInItsOwnWords() {
    var wishes = CallOptions.NONE.withTools(List.of("read", "find", "ls", "bash", "Task"));

    assertThat(CommandLine.of(preset("claude"), CALL.with(wishes), SCRATCH).argv())
        .containsSequence("--tools", "Read,Glob,Bash,Task", "--strict-mcp-config");
    assertThat(CommandLine.of(preset("pi"), CALL.with(wishes), SCRATCH).argv())
        .containsSequence("--tools", "read,find,ls,bash,Task");
    assertThat(CommandLine.of(preset("qwen"), CALL.with(wishes), SCRATCH).argv())
        .containsSequence("--core-tools", "read_file,glob,list_directory,run_shell_command,Task");
    assertThat(Presets.BUILT_IN.all())
        .filteredOn(preset -> !preset.holdsTools())
        .extracting(Preset::name)
        .containsExactly("codex", "gemini", "opencode", "auggie");
  }

  @Test
  void theNamesOfTheBuiltInPresetsAreThoseOfThePresets() {
    assertThat(Presets.BUILT_IN.all())
        .extracting(Preset::name)
        .containsExactlyElementsOf(PresetNames.BUILT_IN);
  }

  @Test
  void codexIsResumedByASubcommandBehindItsOptions() {
    var wishes = CallOptions.NONE.withSession("t1").withModel("gpt");

    var line = CommandLine.of(preset("codex"), CALL.with(wishes), SCRATCH);

    assertThat(String.join(" ", line.argv()))
        .endsWith("--disable unbounded_connection_retries -m gpt-6.1-sol resume t1 -");
  }

  @Test
  void aProgramWithoutAnOptionForInstructionsReadsThemAboveItsPrompt() {
    var call = CALL.with(CallOptions.NONE.withInstructions("reviewer", "Be strict.\n"));

    assertThat(CommandLine.of(preset("codex"), call, SCRATCH).input())
        .isEqualTo("Be strict.\n\ndo it");
  }

  @Test
  void aModelThatIsNoAliasIsPassedOn() {
    var call = CALL.with(CallOptions.NONE.withModel("some/new-model"));

    assertThat(CommandLine.of(preset("gemini"), call, SCRATCH).argv())
        .containsSequence("-m", "some/new-model");
  }

  @Test
  void theMostSpecificModelWins() {
    var tag = Optional.of("opus");
    var phase = Optional.of("sonnet");

    assertThat(CallOptions.NONE.withModel(tag, phase, Optional.empty()).model()).isEqualTo(tag);
    assertThat(CallOptions.NONE.withModel(Optional.empty(), phase, tag).model()).isEqualTo(phase);
  }

  @Test
  void thePromptCanBeAnArgumentOrAFile() {
    var presets =
        Presets.BUILT_IN.with(
            List.of(
                PresetChanges.of("last").argv(List.of("run")).prompt(PromptChannel.ARG),
                PresetChanges.of("named")
                    .argv(List.of("run", "--say={prompt}", "-x"))
                    .prompt(PromptChannel.ARG),
                PresetChanges.of("aider")
                    .argv(List.of("aider"))
                    .prompt(PromptChannel.FILE)
                    .tail(List.of("--message-file", "{prompt_file}"))));

    assertThat(line(presets, "last").argv()).containsExactly("run", "do it");
    assertThat(line(presets, "named").argv()).containsExactly("run", "--say=do it", "-x");
    assertThat(line(presets, "aider").argv())
        .containsExactly("aider", "--message-file", "/tmp/adw-1/prompt.md");
    assertThat(line(presets, "aider").files())
        .isEqualTo(Map.of(SCRATCH.resolve("prompt.md"), "do it"));
    assertThat(line(presets, "aider").input()).isEmpty();
  }

  @Test
  void anArgumentLongerThanTheSystemTakesIsFound() {
    var presets =
        Presets.BUILT_IN.with(
            List.of(PresetChanges.of("last").argv(List.of("run")).prompt(PromptChannel.ARG)));
    var call = CALL.withPrompt("x".repeat(128 * 1024));

    var line = CommandLine.of(presets.find("last").orElseThrow(), call, SCRATCH);

    assertThat(line.findTooLong()).isPresent();
  }

  @Test
  void aNewProgramThatSpeaksAKnownLanguageTakesItsOptions() {
    var presets =
        Presets.BUILT_IN.with(
            List.of(
                PresetChanges.of("stub")
                    .argv(List.of("node", "stub.mjs"))
                    .output(OutputFormat.PI_JSON)));
    var stub = presets.find("stub").orElseThrow();

    var line =
        CommandLine.of(stub, CALL.with(CallOptions.NONE.withTools(List.of("read"))), SCRATCH);

    assertThat(line.argv()).containsExactly("node", "stub.mjs", "--tools", "read");
    assertThat(stub.trial().tested()).isFalse();
  }

  @Test
  void aTableChangesOnlyWhatItNames() {
    var claude =
        Presets.BUILT_IN
            .with(List.of(PresetChanges.of("claude").models(Map.of("best", "claude-opus-5-5"))))
            .find("claude")
            .orElseThrow();

    assertThat(claude.call()).isEqualTo(preset("claude").call());
    assertThat(claude.modelNamed("best")).isEqualTo("claude-opus-5-5");
    assertThat(claude.trial().tested()).isTrue();
  }

  @Test
  void aTableMayStartFromAnotherPreset() {
    var mine =
        Presets.BUILT_IN
            .with(List.of(PresetChanges.of("backend").preset("claude").model("opus")))
            .find("backend")
            .orElseThrow();

    assertThat(CommandLine.of(mine, CALL, SCRATCH).argv()).endsWith("--model", "opus");
    assertThat(mine.kin()).isEqualTo(Optional.of("claude"));
  }

  @Test
  void aTableThatCannotBeCalledIsAnError() {
    assertThatThrownBy(() -> Presets.BUILT_IN.with(List.of(PresetChanges.of("mine"))))
        .hasMessage("[agents.mine]: no argv: how is it called?");
    assertThatThrownBy(
            () -> Presets.BUILT_IN.with(List.of(PresetChanges.of("mine").preset("cloude"))))
        .hasMessageContaining("[agents.mine]: no preset 'cloude' (there are claude, codex,");
  }

  @Test
  void onlyAuggieIsUntested() {
    assertThat(Presets.BUILT_IN.all().stream().filter(preset -> !preset.trial().tested()))
        .extracting(Preset::name)
        .containsExactly("auggie");
  }

  private static CommandLine line(Presets presets, String name) {
    return CommandLine.of(presets.find(name).orElseThrow(), CALL, SCRATCH);
  }

  private static Preset preset(String name) {
    return Presets.BUILT_IN.find(name).orElseThrow();
  }
}
