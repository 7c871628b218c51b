package adw.git;

import java.io.File;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// What JGit sees of the machine: nothing of a person's or the system's settings (we read them
/// ourselves), so it starts no `git`, measures no file system and writes nothing to the home.
final class IsolatedSystemReader extends SystemReader.Delegate {
  private static final long MEGABYTE = 1L << 20;

  private IsolatedSystemReader(SystemReader delegate) {
    super(delegate);
  }

  /// Once a process, before JGit opens anything.
  static synchronized void prepare() {
    if (SystemReader.getInstance() instanceof IsolatedSystemReader) {
      return;
    }
    SystemReader.setInstance(new IsolatedSystemReader(SystemReader.getInstance()));
    var cache = new WindowCacheConfig();
    // Smaller than a pack's working set, each object is inflated several times.
    cache.setPackedGitLimit(Math.min(256 * MEGABYTE, Runtime.getRuntime().maxMemory() / 4));
    cache.setStreamFileThreshold(
        (int) Math.min(64 * MEGABYTE, Runtime.getRuntime().maxMemory() / 8));
    cache.install();
  }

  @Override
  public @Nullable String getenv(String variable) {
    return variable.startsWith("GIT_") ? null : super.getenv(variable);
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  /// No settings, but two answers: times of files are exact to 10 ms (a kernel's tick), which JGit
  /// would measure otherwise, for seconds, in the repository's own folder; and `packed-refs` has
  /// changed when its inode or time has, so that it is not opened for each ref.
  private static final class Empty extends FileBasedConfig {
    private static final long TICK = 10;

    Empty(@Nullable Config parent, FS fs) {
      super(parent, new File("/dev/null"), fs);
      setString("core", null, "trustPackedRefsStat", "always");
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }

    @Override
    public long getTimeUnit(
        String section, @Nullable String subsection, String name, long unset, TimeUnit unit) {
      return Objects.equals(section, "filesystem")
          ? unit.convert(TICK, TimeUnit.MILLISECONDS)
          : super.getTimeUnit(section, subsection, name, unset, unit);
    }
  }
}
