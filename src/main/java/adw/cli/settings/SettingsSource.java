package adw.cli.settings;

import java.io.IOException;
import java.nio.file.Path;

/// Where the settings of a repository come from.
@FunctionalInterface
public interface SettingsSource {
  /// @param root the checkout that holds `adw.toml`
  /// @param commonDir git's folder, shared by all worktrees
  Settings read(Path root, Path commonDir) throws IOException;
}
