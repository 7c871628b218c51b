/// `adw.toml`: its keys, their values, what is wrong with them.
///
/// Enter at `Settings` and `SettingsFile`. A key that nobody knows is an error with its near miss,
/// never ignored.
///
/// - `STATE/settings.toml`: the settings that last worked, see `LastSettings`
@NullMarked
package adw.cli.settings;

import org.jspecify.annotations.NullMarked;
