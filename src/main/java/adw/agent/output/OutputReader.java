package adw.agent.output;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/// Reads what a program prints while it prints it, in memory that does not grow with it.
public interface OutputReader {
  /// Reads to the end.
  ///
  /// @param news is given all that is known whenever more is
  void read(InputStream out, Consumer<OutputSoFar> news) throws IOException;
}
