package adw.flow;

import adw.flow.Result.Detail;
import adw.flow.Result.Remarks;
import adw.flow.Result.Status;
import adw.run.Json;
import adw.run.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// A phase's result as JSON: in the record, in the cache and for `--json`.
final class ResultJson {
  private ResultJson() {}

  static Json.Obj write(Result result) {
    var out = new LinkedHashMap<String, Json>();
    out.put("status", new Json.Str(result.status().name().toLowerCase(Locale.ROOT)));
    put(out, "output", result.output());
    result.json().ifPresent(json -> out.put("json", json));
    put(out, "error", result.error());
    detail(out, result.detail());
    remarks(out, result.remarks());
    out.put("usage", usage(result.usage()));
    if (!result.hash().isEmpty()) {
      out.put("hash", new Json.Str(result.hash()));
    }
    return new Json.Obj(out);
  }

  private static void put(SequencedMap<String, Json> out, String name, Optional<String> text) {
    text.ifPresent(value -> out.put(name, new Json.Str(value)));
  }

  private static void detail(SequencedMap<String, Json> out, Detail detail) {
    switch (detail) {
      case Detail.Plain() -> {}
      case Detail.Gated(var blocks, var reason) ->
          out.put(
              "gate",
              Json.Obj.empty().with("verdict", blocks ? "block" : "pass").with("reason", reason));
      case Detail.Decided decided -> {
        decided
            .blockedBecause()
            .ifPresent(reason ->
                out.put("gate", Json.Obj.empty().with("verdict", "block").with("reason", reason)));
        var approval =
            Json.Obj.empty().with("decision", decided.decision()).with("note", decided.note());
        out.put("approval", decided.isAutomatic() ? approval.with("auto", true) : approval);
        put(out, "answeredBy", decided.by());
      }
      case Detail.Looped(var iterations, var stop) ->
          out.put("loop", Json.Obj.empty().with("iterations", iterations).with("stop", stop));
      case Detail.Judged(var variants, var winner, var mode, var reason) ->
          out.put(
              "tournament",
              Json.Obj.empty()
                  .with("variants", variants)
                  .with("winner", winner)
                  .with("mode", mode)
                  .with("reason", reason));
      case Detail.Fanned(var done, var total, var failed) ->
          out.put(
              "items",
              Json.Obj.empty().with("done", done).with("total", total).with("failed", failed));
      case Detail.Misplanned(var problem) -> out.put("defError", new Json.Str(problem));
    }
  }

  private static void remarks(SequencedMap<String, Json> out, Remarks remarks) {
    remarks.attempts().ifPresent(count -> out.put("attempts", Json.Num.of(count)));
    if (!remarks.warnings().isEmpty()) {
      out.put("warnings", Json.Arr.ofTexts(remarks.warnings()));
    }
    if (!remarks.notes().isEmpty()) {
      out.put("notes", Json.Arr.ofTexts(java.util.List.copyOf(remarks.notes())));
    }
    if (remarks.isCached()) {
      out.put("cacheHit", new Json.Str("cross-run"));
    }
    if (remarks.isCut()) {
      out.put("budgetTruncated", new Json.Bool(true));
    }
    put(out, "model", remarks.model());
    if (!remarks.took().isZero()) {
      out.put("millis", Json.Num.of(remarks.took().toMillis()));
    }
  }

  static Json.Obj usage(Usage usage) {
    var out = new LinkedHashMap<String, Json>();
    out.put("input", Json.Num.of(usage.input()));
    out.put("output", Json.Num.of(usage.output()));
    if (usage.cached() > 0) {
      out.put("cached", Json.Num.of(usage.cached()));
    }
    out.put("cost", new Json.Num(money(usage.usd())));
    out.put("calls", Json.Num.of(usage.calls()));
    return new Json.Obj(out);
  }

  /// Without the dust that adding floating numbers leaves.
  private static BigDecimal money(double usd) {
    if (usd == 0) {
      return BigDecimal.ZERO;
    }
    var rounded = BigDecimal.valueOf(usd).setScale(9, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  static Usage usage(Json.Obj json) {
    return new Usage(
        json.findLong("input").orElse(0L),
        json.findLong("output").orElse(0L),
        json.findLong("cached").orElse(0L),
        json.findDouble("cost").orElse(0.0),
        json.findLong("calls").orElse(0L).intValue());
  }

  static Result read(Json.Obj json) {
    return new Result(
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
