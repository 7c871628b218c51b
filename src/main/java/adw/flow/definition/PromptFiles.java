package adw.flow.definition;

import adw.os.ProblemWords;
import adw.os.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Prompts in files beside a flow.
///
/// @param confinedTo the files must lie below this folder
public record PromptFiles(Path folder, Optional<Path> confinedTo) implements FlowReader.Prompts {
  private static final long BIGGEST = 1 << 20;

  @Override
  public Text read(String name) {
    try {
      var file = folder.resolve(name).normalize();
      if (confinedTo.isPresent() && !ConfinedPath.isInside(confinedTo.get(), file)) {
        return problem("the file lies outside the working directory");
      }
      if (!Files.isRegularFile(file)) {
        return problem("there is no such file in " + folder);
      }
      if (Files.size(file) > BIGGEST) {
        return problem("the file is larger than 1 MiB");
      }
      var bytes = Files.readAllBytes(file);
      var strange = TextFile.findOtherEncoding(bytes);
      return strange.isPresent()
          ? problem("its line " + strange.get() + " is not UTF-8: save it as UTF-8")
          : new Text(Optional.of(new String(bytes, StandardCharsets.UTF_8)), "");
    } catch (IOException | InvalidPathException e) {
      return problem(ProblemWords.of(e));
    }
  }

  private static Text problem(String why) {
    return new Text(Optional.empty(), why);
  }
}
