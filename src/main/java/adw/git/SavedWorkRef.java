package adw.git;

import java.time.Instant;

/// One piece of kept work: `refs/adw/<id>/tip` or `/files`, with a number from the second on.
public record SavedWorkRef(String name, String id, String commit, Instant time) {}
