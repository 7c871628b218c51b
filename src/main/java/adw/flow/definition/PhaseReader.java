package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import adw.flow.definition.Phase.Branch;
import adw.json.Json;
import adw.text.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Reads one phase of a definition.
final class PhaseReader {
  private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern FINGERPRINT =
      Pattern.compile("(?s)(?:git:|glob:|glob!:|file:|env:).+");
  private static final List<String> FRESH = List.of("gate", "approval", "loop", "tournament");

  private final ObjectReader shape;
  private final String id;
  private final String type;
  private final int line;
  private final FlowReader.Prompts prompts;

  private PhaseReader(
      JsonNode node, String id, String type, ObjectReader shape, FlowReader.Prompts prompts) {
    this.shape = shape;
    this.id = id;
    this.type = type;
    this.line = node.line();
    this.prompts = prompts;
  }

  static Optional<Phase> read(
      JsonNode node, FlowReader.Prompts prompts, List<FlowFinding> findings) {
    if (!node.isObject()) {
      findings.add(
          FlowFinding.of(
              Rule.SHAPE, node.line(), "a phase must be an object, not " + node.kind(), ""));
      return Optional.empty();
    }
    var id = node.find("id").flatMap(JsonNode::asText).filter(text -> !text.isBlank());
    var shape = new ObjectReader(node, FlowLanguageKey.PHASE, id, findings);
    shape.check("a phase");
    if (id.isEmpty()) {
      shape.add(Rule.SHAPE, node.line(), "a phase has no id", "add \"id\": \"…\"");
      return Optional.empty();
    }
    var type = node.find("type").flatMap(JsonNode::asText).orElse("agent");
    if (!FlowLanguageKey.TYPES.contains(type)) {
      var hint = NearestName.hint(type, FlowLanguageKey.TYPES);
      shape.add(
          Rule.VALUE,
          "type",
          "unknown type '" + type + "'",
          hint.isEmpty() ? "one of " + String.join(", ", FlowLanguageKey.TYPES) : hint);
      return Optional.empty();
    }
    return Optional.of(new PhaseReader(node, id.get(), type, shape, prompts).read(node));
  }

  private Phase read(JsonNode node) {
    if (id.contains("_")) {
      shape.add(
          Rule.VALUE,
          "id",
          "the id has an underscore",
          "use hyphens: '" + id.replace('_', '-') + "'");
    }
    if (id.length() > 200 || id.chars().anyMatch(Character::isISOControl)) {
      shape.add(
          Rule.VALUE,
          "id",
          "the id is too long or has control characters",
          "use letters, digits and hyphens");
    }
    node.members()
        .forEach((key, value) -> {
          var field = FlowLanguageKey.PHASE.get(key);
          if (field != null && !field.on().contains(type)) {
            shape.add(
                Rule.NO_EFFECT,
                value.line(),
                "'" + key + "' means nothing in a phase of type " + type,
                cure(field));
          }
        });
    var common = common();
    var manner = manner();
    return switch (type) {
      case "parallel" -> new Phase.Parallel(common, manner, branches(1));
      case "map" ->
          new Phase.Each(common, manner, task(true), over(), shape.words("as").orElse("item"));
      case "gate" ->
          new Phase.Gate(
              common, manner, task(true), checks(), shape.word("onBlock", "halt").equals("retry"));
      case "reduce" -> reduce(common, manner);
      case "approval" -> new Phase.Approval(common, message());
      case "flow" -> subFlow(common);
      case "loop" -> loop(common, manner);
      case "tournament" -> tournament(common, manner);
      case "script" -> new Phase.Script(common, manner, argv());
      default -> new Phase.Single(common, manner, task(true));
    };
  }

  private Phase.Common common() {
    return new Phase.Common(
        id,
        type,
        line,
        new Phase.Start(
            List.copyOf(new java.util.LinkedHashSet<>(shape.texts("dependsOn"))),
            List.copyOf(new java.util.LinkedHashSet<>(shape.texts("from"))),
            shape.word("join", "all").equals("any"),
            shape.text("when").map(Condition::of)),
        new Phase.Effect(
            shape.flag("final", false),
            shape.flag("optional", false),
            shape.word("output", "text").equals("json")),
        caching());
  }

  private Phase.Manner manner() {
    var width = shape.number("concurrency", 1, 10_000);
    var limit = shape.number("contextLimit", 1, Integer.MAX_VALUE);
    return new Phase.Manner(
        new Phase.Player(role("agent"), shape.words("model"), shape.words("thinking"), tools()),
        new Phase.Material(
            shape.words("cwd").map(Template::of),
            shape.texts("context").stream().map(Template::of).toList(),
            (int) limit.orElse(Phase.Material.CONTEXT_LIMIT)),
        new Phase.Limits(
            shape.time("timeout"),
            shape.time("idleTimeout"),
            shape.find("retry").filter(JsonNode::isObject).flatMap(this::retry),
            width.isPresent() ? OptionalInt.of((int) width.getAsDouble()) : OptionalInt.empty()),
        shape.find("expect").flatMap(node -> ExpectedJsonReader.read(shape, node)));
  }

  private Optional<List<String>> tools() {
    if (shape.find("tools").isEmpty()) {
      return Optional.empty();
    }
    var tools = shape.texts("tools");
    if (tools.isEmpty()) {
      shape.add(
          Rule.VALUE, "tools", "'tools' names none", "leave it out, or name those it may use");
    }
    return Optional.of(tools);
  }

  private Optional<String> role(String key) {
    var name = shape.words(key);
    name.ifPresent(role -> checkRole(role, shape.line(key)));
    return name;
  }

  private void checkRole(String role, int at) {
    if (role.contains("_")) {
      shape.add(
          Rule.VALUE,
          at,
          "the role '" + role + "' has an underscore",
          "use hyphens: '" + role.replace('_', '-') + "'");
    } else if (!ROLE.matcher(role).matches()) {
      shape.add(
          Rule.VALUE,
          at,
          "'" + role + "' is no name of a role",
          "use lower-case letters, digits and hyphens");
    }
  }

  private Optional<Phase.Retry> retry(JsonNode node) {
    var inner = shape.inner(node, FlowLanguageKey.RETRY);
    inner.check("'retry'");
    if (inner.find("max").isEmpty()) {
      shape.add(Rule.SHAPE, node.line(), "'retry' has no 'max'", "add \"max\": 2");
      return Optional.empty();
    }
    var max = inner.number("max", 0, 20);
    var backoff = inner.number("backoffMs", 0, 60_000).orElse(0);
    var factor = inner.number("factor", 1, 10).orElse(1);
    return max.isPresent()
        ? Optional.of(new Phase.Retry((int) max.getAsDouble(), (long) backoff, factor))
        : Optional.empty();
  }

  private Phase.Caching caching() {
    var node = shape.find("cache").filter(JsonNode::isObject);
    if (node.isEmpty()) {
      return Phase.Caching.DEFAULT;
    }
    var inner = shape.inner(node.get(), FlowLanguageKey.CACHE);
    inner.check("'cache'");
    var scope = inner.word("scope", "run-only");
    if (scope.equals("cross-run") && FRESH.contains(type)) {
      inner.add(
          Rule.VALUE,
          "scope",
          "a " + type + " must give a fresh result each run",
          "use \"run-only\"");
    }
    for (var entry : inner.texts("fingerprint")) {
      if (!FINGERPRINT.matcher(entry).matches()) {
        inner.add(
            Rule.VALUE,
            "fingerprint",
            "'" + entry + "' is no fingerprint",
            "write git:REF, glob:PATTERN, glob!:PATTERN, file:PATH or env:NAME");
      }
    }
    return new Phase.Caching(
        switch (scope) {
          case "cross-run" -> Phase.Caching.Scope.CROSS_RUN;
          case "off" -> Phase.Caching.Scope.OFF;
          default -> Phase.Caching.Scope.RUN_ONLY;
        },
        inner.time("ttl"),
        inner.texts("fingerprint"));
  }

  private Template task(boolean needed) {
    var file = shape.words("taskFile");
    if (file.isPresent()) {
      return fromFile(file.get());
    }
    var text = shape.text("task").filter(task -> !task.isEmpty());
    if (text.isEmpty()
        && needed
        && (shape.find("task").isEmpty() || shape.text("task").isPresent())) {
      missing("task");
    }
    return text.map(Template::of).orElse(Template.EMPTY);
  }

  private Template fromFile(String name) {
    if (shape.find("task").isPresent()) {
      shape.add(Rule.SHAPE, "taskFile", "both 'task' and 'taskFile' are given", "keep one of them");
    }
    var read = prompts.read(name);
    if (read.text().isEmpty()) {
      shape.add(
          Rule.VALUE,
          "taskFile",
          "'" + name + "': " + read.problem(),
          "name a file beside the flow");
    }
    return read.text().map(Template::of).orElse(Template.EMPTY);
  }

  private static String cure(FlowLanguageKey field) {
    return field.on().size() == 1
        ? "remove it, or say \"type\": \"" + field.on().iterator().next() + "\""
        : "remove it";
  }

  private void missing(String key) {
    shape.add(Rule.SHAPE, line, "a phase of type " + type + " needs '" + key + "'", "add it");
  }

  private List<Branch> branches(int least) {
    var branches = new ArrayList<Branch>();
    for (var node : shape.find("branches").map(JsonNode::items).orElse(List.of())) {
      branch(node).ifPresent(branches::add);
    }
    if (branches.size() < least) {
      shape.add(
          Rule.SHAPE,
          "branches",
          "a phase of type "
              + type
              + " needs "
              + (least == 1 ? "'branches' that are not empty" : "at least 2 'branches'"),
          "");
    }
    return List.copyOf(branches);
  }

  private Optional<Branch> branch(JsonNode node) {
    if (node.asText().isPresent()) {
      return Optional.of(new Branch(Template.of(node.asText().get()), Optional.empty()));
    }
    if (!node.isObject()) {
      shape.add(
          Rule.TYPE,
          node.line(),
          "a branch must be an object, not " + node.kind(),
          "write {\"task\": …}");
      return Optional.empty();
    }
    var inner = shape.inner(node, FlowLanguageKey.BRANCH);
    inner.check("a branch");
    if (inner.words("task").isEmpty()) {
      shape.add(Rule.SHAPE, node.line(), "a branch has no 'task'", "add it");
    }
    inner.words("agent").ifPresent(role -> checkRole(role, inner.line("agent")));
    return Optional.of(
        new Branch(Template.of(inner.text("task").orElse("")), inner.words("agent")));
  }

  private Phase.Over over() {
    var over = shape.find("over");
    if (over.isEmpty() || over.flatMap(JsonNode::asText).filter(String::isEmpty).isPresent()) {
      missing("over");
    }
    return over.filter(JsonNode::isArray)
        .<Phase.Over>map(
            list -> new Phase.Over.Written(list.items().stream().map(JsonNode::value).toList()))
        .orElseGet(() -> new Phase.Over.Resolved(Template.of(shape.text("over").orElse(""))));
  }

  private List<Phase.Check> checks() {
    return shape.texts("eval").stream().map(Phase.Check::of).toList();
  }

  private Phase reduce(Phase.Common common, Phase.Manner manner) {
    if (common.start().from().isEmpty()) {
      missing("from");
    }
    return new Phase.Reduce(common, manner, task(true));
  }

  private Template message() {
    var message = task(false);
    return message.text().isEmpty() ? Template.of("Approve to continue?") : message;
  }

  private Phase subFlow(Phase.Common common) {
    var use = shape.words("use");
    var def = shape.find("def");
    if (use.isEmpty() && def.isEmpty()) {
      shape.add(
          Rule.SHAPE,
          line,
          "a phase of type flow needs 'use' (a saved flow) or 'def' (a definition)",
          "add one of them");
    }
    if (use.isPresent() && def.isPresent()) {
      shape.add(Rule.SHAPE, "def", "both 'use' and 'def' are given", "keep one of them");
    }
    var body =
        def.<Phase.Body>map(node ->
                node.asText().isPresent()
                    ? new Phase.Body.Generated(Template.of(node.asText().get()))
                    : new Phase.Body.Inline(node))
            .orElseGet(() -> new Phase.Body.Saved(use.orElse("")));
    var with = new LinkedHashMap<String, Json>();
    shape
        .find("with")
        .ifPresent(node -> node.members().forEach((key, value) -> with.put(key, value.value())));
    return new Phase.SubFlow(common, body, with);
  }

  private Phase loop(Phase.Common common, Phase.Manner manner) {
    if (shape.text("until").filter(text -> !text.isEmpty()).isEmpty()) {
      missing("until");
    }
    var most = shape.number("maxIterations", 1, 100).orElse(10);
    return new Phase.Loop(
        common,
        manner,
        task(true),
        Condition.of(shape.text("until").orElse("")),
        (int) most,
        shape.flag("convergence", true));
  }

  private Phase tournament(Phase.Common common, Phase.Manner manner) {
    var hasBranches = shape.find("branches").filter(list -> !list.items().isEmpty()).isPresent();
    var variants = (int) shape.number("variants", 2, 20).orElse(3);
    var hasTask = shape.find("task").isPresent() || shape.find("taskFile").isPresent();
    if (!hasBranches && !hasTask) {
      shape.add(
          Rule.SHAPE,
          line,
          "a phase of type tournament needs 'task' or 'branches'",
          "add one of them");
    }
    var same = hasTask && !hasBranches ? task(true) : Template.EMPTY;
    var competitors =
        hasBranches
            ? branches(2)
            : java.util.Collections.nCopies(variants, new Branch(same, Optional.empty()));
    return new Phase.Tournament(
        common,
        manner,
        competitors,
        shape.words("judge").map(Template::of),
        role("judgeAgent"),
        shape.word("mode", "best").equals("aggregate"));
  }

  private List<Template> argv() {
    var argv = shape.texts("script");
    var hasOtherType = shape.find("script").filter(node -> !node.isArray()).isPresent();
    if (!hasOtherType && (argv.isEmpty() || argv.getFirst().isBlank())) {
      missing("script");
    }
    return argv.stream().map(Template::of).toList();
  }
}
