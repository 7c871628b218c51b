package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import adw.json.Json;
import adw.json.JsonInText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The arguments of one run: what was given, made to fit the declared types, and the defaults.
public record FlowArguments(Json.Obj values, List<FlowFinding> findings) {
  /// What every task has for the flow that works it, declared or not.
  public static final Set<String> OF_TASKS =
      Set.of("task", "body", "tags", "model", "agent", "branch", "base", "worktree", "id", "slug");

  private static final Pattern PAIR =
      Pattern.compile("([A-Za-z0-9_-]+)=(\"(?:[^\"\\\\]|\\\\.)*\"|\\S*)(?:\\s+|$)");

  public static FlowArguments of(Flow flow, Json.Obj given) {
    var findings = new ArrayList<FlowFinding>();
    var values = new LinkedHashMap<>(given.members());
    flow.args()
        .forEach((name, declared) -> {
          var value = given.find(name).or(declared::byDefault);
          if (value.isPresent()) {
            values.put(name, fit(name, declared, value.get(), findings));
          } else if (declared.isRequired()) {
            var cure =
                "give " + name + "=…" + declared.description().map(d -> " (" + d + ")").orElse("");
            findings.add(
                FlowFinding.of(Rule.ARGUMENT, 0, "the argument '" + name + "' is missing", cure));
          }
        });
    return new FlowArguments(new Json.Obj(values), List.copyOf(findings));
  }

  /// What is wrong with a value that is written down.
  static Optional<FlowFinding> findWrong(String name, Flow.Argument declared, Json value) {
    var findings = new ArrayList<FlowFinding>();
    fit(name, declared, value, findings);
    return findings.stream().findFirst();
  }

  private static Json fit(
      String name, Flow.Argument declared, Json value, List<FlowFinding> findings) {
    var fitted = fit(declared, value);
    if (fitted.isEmpty()) {
      var wanted =
          declared.type().equals("enum")
              ? "one of " + String.join(", ", declared.values())
              : declared.type().equals("path")
                  ? "a relative path without '..'"
                  : "a " + declared.type();
      findings.add(
          FlowFinding.of(
              Rule.ARGUMENT,
              0,
              "the argument '" + name + "' is " + shortly(value),
              "it must be " + wanted));
    }
    return fitted.orElse(value);
  }

  private static String shortly(Json value) {
    var text = value.write();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static Optional<Json> fit(Flow.Argument declared, Json value) {
    return switch (declared.type()) {
      case "string" ->
          value instanceof Json.Obj || value instanceof Json.Arr
              ? Optional.empty()
              : Optional.of(new Json.Str(JsonValues.text(value)));
      case "number" -> number(value);
      case "boolean" -> bool(value);
      case "enum" -> Optional.of(value).filter(v -> declared.values().contains(JsonValues.text(v)));
      case "path" ->
          Optional.of(value).filter(v -> v instanceof Json.Str(var text) && isInside(text));
      default -> Optional.of(value);
    };
  }

  private static Optional<Json> number(Json value) {
    if (value instanceof Json.Str(var text)) {
      var number = JsonValues.parseNumber(text.strip());
      return number.isPresent() && Double.isFinite(number.getAsDouble())
          ? Optional.of(Json.Num.of(new java.math.BigDecimal(text.strip())))
          : Optional.empty();
    }
    return Optional.of(value).filter(Json.Num.class::isInstance);
  }

  private static Optional<Json> bool(Json value) {
    return switch (value) {
      case Json.Bool _ -> Optional.of(value);
      case Json.Str(var text) when text.equals("true") || text.equals("false") ->
          Optional.of(new Json.Bool(text.equals("true")));
      case Json.Str _, Json.Num _, Json.Null _, Json.Arr _, Json.Obj _ -> Optional.empty();
    };
  }

  private static boolean isInside(String text) {
    try {
      var path = Path.of(text).normalize();
      return !path.isAbsolute() && !path.startsWith("..");
    } catch (InvalidPathException _) {
      return false;
    }
  }

  /// Arguments as they are typed: `k=v` and `k="v v"` pairs, a JSON object, or one value for the
  /// first declared argument.
  public static Json.Obj parse(String typed, Flow flow) {
    var text = typed.strip();
    if (text.isEmpty()) {
      return Json.Obj.empty();
    }
    if (text.startsWith("{")
        && JsonInText.find(text).orElse(new Json.Null()) instanceof Json.Obj object) {
      return object;
    }
    var values = new LinkedHashMap<String, Json>();
    var pairs = PAIR.matcher(text);
    var at = 0;
    while (at < text.length() && pairs.region(at, text.length()).lookingAt()) {
      values.put(pairs.group(1), new Json.Str(unquote(pairs.group(2))));
      at = pairs.end();
    }
    if (at == 0 && !flow.args().isEmpty()) {
      values.put(flow.args().firstEntry().getKey(), new Json.Str(text));
    } else if (at < text.length()) {
      throw new FlowException(
          "arguments: '"
              + text.substring(at)
              + "' is no k=v pair, write k=\"v v\" for values with blanks");
    }
    return new Json.Obj(values);
  }

  private static String unquote(String value) {
    return value.length() > 1 && value.startsWith("\"")
        ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
        : value;
  }

  /// `{args.x}` that nobody gave.
  public static List<FlowFinding> missing(Flow flow, Json.Obj values) {
    var missing = new java.util.LinkedHashSet<String>();
    flow.phases()
        .forEach(phase ->
            PlaceholderUse.of(phase)
                .forEach(site ->
                    site.reference()
                        .argument()
                        .filter(name -> !values.members().containsKey(name))
                        .ifPresent(missing::add)));
    return missing.stream()
        .map(name ->
            FlowFinding.of(
                flow.rules().strictInterpolation() ? Rule.STRICT : Rule.MISSING_ARGUMENT,
                0,
                missingText(name),
                ""))
        .toList();
  }

  private static String missingText(String name) {
    return "Taskflow references {args."
        + name
        + "} but the invocation did not provide '"
        + name
        + "'. "
        + "The placeholder will remain literal unless a default or runtime arg is supplied.";
  }
}
