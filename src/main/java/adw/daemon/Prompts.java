package adw.daemon;

import adw.os.Durable;
import adw.os.TextFile;
import adw.run.Run;
import adw.workflow.LastWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes what a run's workflow reads on its standard input: `prompt.md` in the run's folder.
final class Prompts {
  private final Site site;

  Prompts(Site site) {
    this.site = site;
  }

  Path write(Run run) throws IOException {
    var file = site.state().run(run.id()).resolve("prompt.md");
    var text = Prompt.of(run.order(), words(run), answers(run));
    Durable.replaceUnsynced(file, text.getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /// The last words of what the task waited for.
  private List<Prompt.Words> words(Run run) throws IOException {
    var words = new ArrayList<Prompt.Words>();
    for (var prerequisite : run.order().prerequisites()) {
      var round = Work.lastRound(site, prerequisite.id());
      var text = LastWords.of(Work.procDir(site, prerequisite.id(), round)).out();
      if (!text.isBlank()) {
        words.add(new Prompt.Words(prerequisite.id(), text));
      }
    }
    return words;
  }

  /// What a person said since the run began.
  private List<String> answers(Run run) throws IOException {
    var file = site.state().run(run.id()).resolve("answers.md");
    return Files.exists(file) ? List.of(TextFile.readAny(file)) : List.of();
  }
}
