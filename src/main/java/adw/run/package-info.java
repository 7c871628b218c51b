/// One attempt's record on disk, events, outcome, requests to the daemon, the spend ledger.
@NullMarked
package adw.run;

import org.jspecify.annotations.NullMarked;
