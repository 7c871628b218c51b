package adw.flow.run;

import adw.flow.definition.PhaseResult;
import adw.flow.definition.PhaseResult.Detail;
import adw.flow.definition.PhaseResult.Remarks;
import adw.flow.definition.PhaseResult.Status;
import adw.json.Json;
import adw.json.JsonMembers;
import adw.spend.Usage;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// A phase's result as JSON: in the record, in the cache and for `--json`.
final class ResultJson {
  private static final Json TRUE = new Json.Bool(true);

  private ResultJson() {}

  static Json.Obj write(PhaseResult result) {
    return JsonMembers.tree(out -> write(result, out));
  }

  static void write(PhaseResult result, JsonMembers out) {
    out.put("status", result.status().word());
    out.put("output", result.output());
    if (result.json().isPresent()) {
      out.put("json", result.json().get());
    }
    out.put("error", result.error());
    detail(out, result.detail());
    remarks(out, result.remarks());
    out.put("usage", usage -> write(result.usage(), usage));
    if (!result.hash().isEmpty()) {
      out.put("hash", result.hash());
    }
  }

  private static void detail(JsonMembers out, Detail detail) {
    switch (detail) {
      case Detail.Plain() -> {}
      case Detail.Gated(var blocks, var reason) ->
          out.put("gate", gate -> gate(gate, blocks ? "block" : "pass", reason));
      case Detail.Decided decided -> {
        if (decided.blockedBecause().isPresent()) {
          out.put("gate", gate -> gate(gate, "block", decided.blockedBecause()));
        }
        out.put("approval", approval -> approval(approval, decided));
        out.put("answeredBy", decided.by());
      }
      case Detail.Looped(var iterations, var stop) ->
          out.put(
              "loop",
              loop -> {
                loop.put("iterations", iterations);
                loop.put("stop", stop);
              });
      case Detail.Judged judged -> out.put("tournament", t -> tournament(t, judged));
      case Detail.Fanned(var done, var total, var failed) ->
          out.put(
              "items",
              items -> {
                items.put("done", done);
                items.put("total", total);
                items.put("failed", failed);
              });
      case Detail.Misplanned(var problem) -> out.put("defError", problem);
    }
  }

  private static void gate(JsonMembers out, String verdict, Optional<String> reason) {
    out.put("verdict", verdict);
    out.put("reason", reason);
  }

  private static void approval(JsonMembers out, Detail.Decided decided) {
    out.put("decision", decided.decision());
    out.put("note", decided.note());
    if (decided.isAutomatic()) {
      out.put("auto", TRUE);
    }
  }

  private static void tournament(JsonMembers out, Detail.Judged judged) {
    out.put("variants", judged.variants());
    out.put("winner", judged.winner());
    out.put("mode", judged.mode());
    out.put("reason", judged.reason());
  }

  private static void remarks(JsonMembers out, Remarks remarks) {
    if (remarks.attempts().isPresent()) {
      out.put("attempts", remarks.attempts().getAsInt());
    }
    if (!remarks.warnings().isEmpty()) {
      out.putAll("warnings", remarks.warnings());
    }
    if (!remarks.notes().isEmpty()) {
      out.putAll("notes", remarks.notes());
    }
    if (remarks.isCached()) {
      out.put("cacheHit", "cross-run");
    }
    if (remarks.isCut()) {
      out.put("budgetTruncated", TRUE);
    }
    out.put("model", remarks.model());
    if (!remarks.took().isZero()) {
      out.put("millis", remarks.took().toMillis());
    }
  }

  static Json.Obj usage(Usage usage) {
    return JsonMembers.tree(out -> write(usage, out));
  }

  static void write(Usage usage, JsonMembers out) {
    out.put("input", usage.input());
    out.put("output", usage.output());
    if (usage.cached() > 0) {
      out.put("cached", usage.cached());
    }
    out.putDollars("cost", usage.usd());
    out.put("calls", usage.calls());
  }

  static Usage usage(Json.Obj json) {
    return new Usage(
        json.findLong("input").orElse(0L),
        json.findLong("output").orElse(0L),
        json.findLong("cached").orElse(0L),
        json.findDouble("cost").orElse(0.0),
        json.findLong("calls").orElse(0L).intValue());
  }

  static PhaseResult read(Json.Obj json) {
    return new PhaseResult(
        Status.valueOf(json.text("status").toUpperCase(Locale.ROOT)),
        json.findText("output"),
        Optional.ofNullable(json.members().get("json")),
        json.findText("error"),
        detail(json),
        remarks(json),
        json.findObject("usage").map(ResultJson::usage).orElse(Usage.NONE),
        json.findText("hash").orElse(""));
  }

  private static Detail detail(Json.Obj json) {
    return json.findObject("approval")
        .map(approval -> decided(json, approval))
        .or(() ->
            json.findObject("gate")
                .map(gate ->
                    new Detail.Gated(
                        gate.text("verdict").equals("block"), gate.findText("reason"))))
        .or(() ->
            json.findObject("loop")
                .map(loop -> new Detail.Looped(whole(loop, "iterations"), loop.text("stop"))))
        .or(() ->
            json.findObject("tournament")
                .map(t ->
                    new Detail.Judged(
                        whole(t, "variants"),
                        whole(t, "winner"),
                        t.text("mode"),
                        t.findText("reason"))))
        .or(() ->
            json.findObject("items")
                .map(i ->
                    new Detail.Fanned(whole(i, "done"), whole(i, "total"), whole(i, "failed"))))
        .or(() -> json.findText("defError").map(Detail.Misplanned::new))
        .orElse(new Detail.Plain());
  }

  private static Detail decided(Json.Obj json, Json.Obj approval) {
    return new Detail.Decided(
        approval.text("decision"),
        approval.findText("note"),
        approval.isTrue("auto"),
        json.findText("answeredBy"),
        json.findObject("gate").flatMap(gate -> gate.findText("reason")));
  }

  private static int whole(Json.Obj json, String name) {
    return json.findLong(name).orElse(0L).intValue();
  }

  private static Remarks remarks(Json.Obj json) {
    var attempts = json.findLong("attempts");
    return new Remarks(
        attempts.isPresent() ? OptionalInt.of(attempts.get().intValue()) : OptionalInt.empty(),
        json.texts("warnings"),
        new LinkedHashSet<>(json.texts("notes")),
        json.findText("cacheHit").isPresent(),
        json.isTrue("budgetTruncated"),
        json.findText("model"),
        Duration.ofMillis(json.findLong("millis").orElse(0L)));
  }
}
