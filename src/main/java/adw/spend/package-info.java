/// What agents cost: usage, prices, caps, the ledger.
///
/// Enter at `Ledger` and `Budgets`. An amount that is not known is never counted as nothing.
///
/// - `STATE/ledger.jsonl`: one call a line, `{"at":…,"run":…,"usage":{…}}`
@NullMarked
package adw.spend;

import org.jspecify.annotations.NullMarked;
