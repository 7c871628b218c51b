package adw.cli.flow;

import adw.flow.run.Approver;
import adw.flow.run.FlowOutcome;
import adw.json.Json;
import adw.json.JsonException;
import adw.os.DurableFiles;
import adw.os.TextFile;
import adw.os.UnusableFileException;
import adw.run.GivenApproval;
import adw.run.Stage;
import adw.run.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What people said to a task's run since it began to wait. The words go to the phase that waited
/// first; the others wait on, for words of their own.
final class FlowAnswers implements Approver {
  private final StateFolder state;
  private final String run;
  private final Path taken;
  private final byte[] said;
  private final Json.Obj last;

  private FlowAnswers(StateFolder state, String run, Path taken, byte[] said, Json.Obj last) {
    this.state = state;
    this.run = run;
    this.taken = taken;
    this.said = said;
    this.last = last;
  }

  /// @param folder of the flow's record
  static FlowAnswers read(StateFolder state, String run, Path folder) throws IOException {
    var taken = folder.resolve("waiting.json");
    var said = state.run(run).resolve("answers.md");
    return new FlowAnswers(
        state,
        run,
        taken,
        Files.exists(said) ? Files.readAllBytes(said) : new byte[0],
        readLast(taken));
  }

  private static Json.Obj readLast(Path taken) throws IOException {
    if (!Files.exists(taken)) {
      return Json.Obj.empty();
    }
    try {
      return Json.parseObject(TextFile.readAny(taken));
    } catch (JsonException damaged) {
      throw new UnusableFileException(
          taken, String.valueOf(damaged.getMessage()), "delete it: the flow asks again");
    }
  }

  /// Whether the run waited for that when it ended last.
  boolean waitedFor(Stage.Wait.Why what) {
    return last.findText("what").filter(what.word()::equals).isPresent();
  }

  /// Remembers which phase the next words are for. Words that could not be put to use, since a
  /// login, money or time was missing, are still meant for it.
  void wait(FlowOutcome.Waiting first) throws IOException {
    var asks = first.what() == Stage.Wait.Why.QUESTION || first.what() == Stage.Wait.Why.APPROVAL;
    if (asks) {
      GivenApproval.forget(state, run); // a yes to one question is none to the next
    }
    var read = isFor(first.path()) && !asks ? last.findLong("read").orElse(0L) : said.length;
    var next =
        Json.Obj.empty()
            .with("read", read)
            .with("phase", Json.Arr.ofTexts(first.path()))
            .with("what", first.what().word());
    DurableFiles.replace(taken, next.write().getBytes(StandardCharsets.UTF_8));
  }

  private Optional<String> words(List<String> path) {
    if (!isFor(path)) {
      return Optional.empty();
    }
    var from = Math.min(said.length, last.findLong("read").orElse(0L).intValue());
    var text = new String(Arrays.copyOfRange(said, from, said.length), StandardCharsets.UTF_8);
    return Optional.of(text.strip()).filter(words -> !words.isEmpty());
  }

  @Override
  public Optional<String> answer(List<String> path, String question) {
    return words(path);
  }

  @Override
  public Answer ask(Question question) throws IOException {
    if (!isFor(question.path())) {
      return new Answer.Later();
    }
    return GivenApproval.find(state, run)
        .<Answer>map(given -> new Answer.Given(given.decision(), Optional.of(given.by())))
        .orElseGet(Answer.Later::new);
  }

  private boolean isFor(List<String> path) {
    return last.find("phase").isPresent() && last.texts("phase").equals(path);
  }
}
