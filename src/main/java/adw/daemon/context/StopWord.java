package adw.daemon.context;

import adw.os.DurableFiles;
import adw.os.TextFile;
import adw.run.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.random.RandomGenerator;

/// The word in `STATE/stop`, which changes whenever somebody asks all daemons to stop. To be read
/// before the first slow step: whoever asks after that is heard.
public record StopWord(StateFolder state, String read) {
  public static final String REASON = "stopped by adw stop";

  public static StopWord read(StateFolder state) throws IOException {
    return new StopWord(state, text(state));
  }

  public boolean hasChanged() throws IOException {
    return !read.equals(text(state));
  }

  public static void change(StateFolder state, RandomGenerator random) throws IOException {
    var word = "%016x\n".formatted(random.nextLong());
    DurableFiles.replace(state.stop(), word.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(StateFolder state) throws IOException {
    try {
      return TextFile.readAny(state.stop());
    } catch (NoSuchFileException never) {
      return "";
    }
  }
}
