/// What would start now, and why not: one truth for the loop, the dry run and status.
///
/// Enter at `Planner`. Nothing here changes a file that people edit or starts anything.
///
/// - `STATE/streaks.json`, `STATE/sightings.json`: see `FailureStreaks` and `TimedLines`
@NullMarked
package adw.planning;

import org.jspecify.annotations.NullMarked;
