package adw.run;

import java.time.Instant;

/// One step of a run: a line of `events.jsonl`.
///
/// @param kind claimed, worktree, set-up, started, phase, committed, verified, reported …
/// @param facts what else is worth knowing of it
public record Event(Instant at, String run, String kind, Json.Obj facts) {
  public static Event of(Instant at, String run, String kind) {
    return new Event(at, run, kind, Json.Obj.empty());
  }

  public Event with(String name, String value) {
    return new Event(at, run, kind, facts.with(name, value));
  }

  public Json.Obj toJson() {
    return Json.Obj.empty()
        .with("at", at.toString())
        .with("run", run)
        .with("kind", kind)
        .with(facts);
  }

  public static Event of(Json.Obj json) {
    return new Event(
        json.instant("at"),
        json.text("run"),
        json.text("kind"),
        json.without("at").without("run").without("kind"));
  }
}
