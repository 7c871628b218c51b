package adw.flow.run;

import adw.flow.definition.PhaseResult;
import adw.flow.definition.PhaseResult.Detail;
import adw.flow.definition.PhaseResult.Remarks;
import adw.flow.definition.PhaseResult.Status;
import adw.json.Json;
import adw.spend.Usage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// A phase's result as JSON: in the record, in the cache and for `--json`.
final class ResultJson {
  private ResultJson() {}

  static Json.Obj write(PhaseResult result) {
    var json =
        Json.Obj.empty().with("status", result.status().word()).with("output", result.output());
    if (result.json().isPresent()) {
      json = json.with("json", result.json().get());
    }
    json = json.with("error", result.error()).with(detail(result.detail()));
    json = json.with(remarks(result.remarks())).with("usage", usage(result.usage()));
    return result.hash().isEmpty() ? json : json.with("hash", result.hash());
  }

  private static Json.Obj detail(Detail detail) {
    var none = Json.Obj.empty();
    return switch (detail) {
      case Detail.Plain() -> none;
      case Detail.Gated(var blocks, var reason) ->
          none.with("gate", gate(blocks ? "block" : "pass", reason));
      case Detail.Decided decided -> {
        var because = decided.blockedBecause();
        var gate = because.isPresent() ? none.with("gate", gate("block", because)) : none;
        yield gate.with("approval", approval(decided)).with("answeredBy", decided.by());
      }
      case Detail.Looped(var iterations, var stop) ->
          none.with("loop", none.with("iterations", iterations).with("stop", stop));
      case Detail.Judged judged -> none.with("tournament", tournament(judged));
      case Detail.Fanned(var done, var total, var failed) ->
          none.with("items", none.with("done", done).with("total", total).with("failed", failed));
      case Detail.Misplanned(var problem) -> none.with("defError", problem);
    };
  }

  private static Json.Obj gate(String verdict, Optional<String> reason) {
    return Json.Obj.empty().with("verdict", verdict).with("reason", reason);
  }

  private static Json.Obj approval(Detail.Decided decided) {
    var json = Json.Obj.empty().with("decision", decided.decision()).with("note", decided.note());
    return decided.isAutomatic() ? json.with("auto", true) : json;
  }

  private static Json.Obj tournament(Detail.Judged judged) {
    return Json.Obj.empty()
        .with("variants", judged.variants())
        .with("winner", judged.winner())
        .with("mode", judged.mode())
        .with("reason", judged.reason());
  }

  private static Json.Obj remarks(Remarks remarks) {
    var all = new LinkedHashMap<String, Json>();
    if (remarks.attempts().isPresent()) {
      all.put("attempts", Json.Num.of(remarks.attempts().getAsInt()));
    }
    if (!remarks.warnings().isEmpty()) {
      all.put("warnings", Json.Arr.ofTexts(remarks.warnings()));
    }
    if (!remarks.notes().isEmpty()) {
      all.put("notes", Json.Arr.ofTexts(List.copyOf(remarks.notes())));
    }
    if (remarks.isCached()) {
      all.put("cacheHit", new Json.Str("cross-run"));
    }
    if (remarks.isCut()) {
      all.put("budgetTruncated", new Json.Bool(true));
    }
    remarks.model().ifPresent(model -> all.put("model", new Json.Str(model)));
    if (!remarks.took().isZero()) {
      all.put("millis", Json.Num.of(remarks.took().toMillis()));
    }
    return new Json.Obj(all);
  }

  static Json.Obj usage(Usage usage) {
    var json = Json.Obj.empty().with("input", usage.input()).with("output", usage.output());
    if (usage.cached() > 0) {
      json = json.with("cached", usage.cached());
    }
    return json.with("cost", Json.Num.ofDollars(usage.usd())).with("calls", usage.calls());
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
        new PhaseResult.Words(
            json.findText("output"),
            Optional.ofNullable(json.members().get("json")),
            json.findText("error")),
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
        new Remarks.Effort(
            attempts.isPresent() ? OptionalInt.of(attempts.get().intValue()) : OptionalInt.empty(),
            json.findText("model"),
            Duration.ofMillis(json.findLong("millis").orElse(0L))),
        json.texts("warnings"),
        new LinkedHashSet<>(json.texts("notes")),
        json.findText("cacheHit").isPresent(),
        json.isTrue("budgetTruncated"));
  }
}
