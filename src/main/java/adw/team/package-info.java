/// Named agents and their inboxes, on files.
@NullMarked
package adw.team;

import org.jspecify.annotations.NullMarked;
