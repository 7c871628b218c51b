package adw.json;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Files of STATE that were found and could not be used, each with what that means and the cure:
/// reading goes on without them, and whoever reads for people tells them.
public final class DamagedFiles {
  private final Map<Path, String> found = new ConcurrentHashMap<>();

  /// @param what what is wrong, what it means, and the cure
  public void note(Path file, String what) {
    found.put(file, what);
  }

  /// It was read, or is gone.
  public void forget(Path file) {
    found.remove(file);
  }

  /// `file: what (cure)`, in the order of their names.
  public List<String> sentences() {
    return found.entrySet().stream()
        .map(one -> one.getKey() + ": " + one.getValue())
        .sorted()
        .toList();
  }
}
