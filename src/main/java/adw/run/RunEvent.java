package adw.run;

import adw.json.Json;
import java.time.Instant;

/// One step of a run: a line of `events.jsonl`.
///
/// @param kind claimed, worktree, set-up, started, phase, committed, verified, reported …
/// @param facts what else is worth knowing of it
public record RunEvent(Instant at, String run, String kind, Json.Obj facts) {
  public static RunEvent of(Instant at, String run, String kind) {
    return new RunEvent(at, run, kind, Json.Obj.empty());
  }

  public RunEvent with(String name, String value) {
    return new RunEvent(at, run, kind, facts.with(name, value));
  }

  public Json.Obj toJson() {
    return Json.Obj.empty()
        .with("at", at.toString())
        .with("run", run)
        .with("kind", kind)
        .with(facts);
  }

  public static RunEvent of(Json.Obj json) {
    return new RunEvent(
        json.instant("at"),
        json.text("run"),
        json.text("kind"),
        json.without("at").without("run").without("kind"));
  }
}
