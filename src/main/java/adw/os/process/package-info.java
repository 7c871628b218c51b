/// Child processes and their trees: started, recorded, limited, found again, ended.
///
/// Enter at `Command` (run one program and wait) and `Supervisor` (one that outlives this JVM).
/// Nothing is ended by a process number alone: `ProcessIdentity` adds when it began.
///
/// - `proc/N/`: the files of the supervisor, described in `Supervisor`
@NullMarked
package adw.os.process;

import org.jspecify.annotations.NullMarked;
