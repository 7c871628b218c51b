package adw.flow.definition;

import static adw.flow.definition.FlowLanguageKey.Kind.ANYTHING;
import static adw.flow.definition.FlowLanguageKey.Kind.BRANCHES;
import static adw.flow.definition.FlowLanguageKey.Kind.FLAG;
import static adw.flow.definition.FlowLanguageKey.Kind.NUMBER;
import static adw.flow.definition.FlowLanguageKey.Kind.OBJECT;
import static adw.flow.definition.FlowLanguageKey.Kind.TEXT;
import static adw.flow.definition.FlowLanguageKey.Kind.TEXTS;
import static adw.flow.definition.FlowLanguageKey.Kind.TEXT_OR_ARRAY;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One key of the language: what its value must be, on which phase types it means something, and a
/// sentence for editors. The check and the JSON Schema are both made from this table.
record FlowLanguageKey(String key, Kind kind, Set<String> on, List<String> oneOf, String about) {
  enum Kind {
    TEXT,
    TEXTS,
    NUMBER,
    FLAG,
    OBJECT,
    BRANCHES,
    TEXT_OR_ARRAY,
    ANYTHING
  }

  static final List<String> TYPES =
      List.of(
          "agent",
          "parallel",
          "map",
          "gate",
          "reduce",
          "approval",
          "flow",
          "loop",
          "tournament",
          "script");
  private static final Set<String> ALL = Set.copyOf(TYPES);
  private static final Set<String> CALLS =
      Set.of("agent", "parallel", "map", "gate", "reduce", "loop", "tournament");

  private static final Set<String> CALLS_AND_SCRIPTS =
      Set.of("agent", "parallel", "map", "gate", "reduce", "loop", "tournament", "script");

  private static FlowLanguageKey of(String key, Kind kind, Set<String> on, String about) {
    return new FlowLanguageKey(key, kind, on, List.of(), about);
  }

  private static FlowLanguageKey of(String key, List<String> oneOf, Set<String> on, String about) {
    return new FlowLanguageKey(key, TEXT, on, oneOf, about);
  }

  private static Map<String, FlowLanguageKey> table(List<FlowLanguageKey> fields) {
    return fields.stream()
        .collect(
            Collectors.toMap(
                FlowLanguageKey::key, Function.identity(), (a, b) -> a, LinkedHashMap::new));
  }

  static final Map<String, FlowLanguageKey> FLOW =
      table(
          List.of(
              of("$schema", TEXT, ALL, "Where editors find the schema."),
              of("name", TEXT, ALL, "Name of the flow; in a flow folder the file's name."),
              of("description", TEXT, ALL, "One sentence for lists."),
              of("version", NUMBER, ALL, "For people; not used."),
              of(
                  "args",
                  OBJECT,
                  ALL,
                  "Arguments by name: {type, default, required, values, description}."),
              of(
                  "concurrency",
                  NUMBER,
                  ALL,
                  "How many phases, and items of a fan-out, run at once (8)."),
              of("budget", OBJECT, ALL, "{maxUSD, maxTokens}: nothing new starts beyond it."),
              of(
                  "agentScope",
                  List.of("user", "project", "both"),
                  ALL,
                  "Where roles are looked for besides the built-in ones (user)."),
              of("strictInterpolation", FLAG, ALL, "Warnings about missing arguments are errors."),
              of(
                  "strict",
                  FLAG,
                  ALL,
                  "What would pass in doubt (an unreadable condition or verdict) is an error or"
                      + " blocks."),
              of(
                  "commit",
                  List.of("required", "optional"),
                  ALL,
                  "'optional': a task is done without a commit too."),
              of("context", TEXTS, ALL, "Shorthand: files read before the prompt."),
              of("contextLimit", NUMBER, ALL, "Shorthand: characters kept of each context file."),
              of("task", TEXT, ALL, "Shorthand: a flow of one agent phase."),
              of("tasks", ANYTHING, ALL, "Shorthand: tasks side by side."),
              of("chain", ANYTHING, ALL, "Shorthand: tasks one after another."),
              of("agent", TEXT, ALL, "Shorthand: the role of the task."),
              of("phases", ANYTHING, ALL, "The graph.")));

  static final Map<String, FlowLanguageKey> PHASE =
      table(
          List.of(
              of("id", TEXT, ALL, "Unique name of the phase."),
              of("type", TYPES, ALL, "What the phase does (agent)."),
              of("description", TEXT, ALL, "For people."),
              of("agent", TEXT, CALLS, "The role that plays the phase."),
              of(
                  "task",
                  TEXT,
                  Set.of("agent", "map", "gate", "reduce", "approval", "loop", "tournament"),
                  "The prompt, or the question of an approval."),
              of(
                  "taskFile",
                  TEXT,
                  Set.of("agent", "map", "gate", "reduce", "approval", "loop", "tournament"),
                  "A file beside the flow that holds the prompt."),
              of("over", TEXT_OR_ARRAY, Set.of("map"), "The list to run over."),
              of("as", TEXT, Set.of("map"), "Name of the current item (item)."),
              of(
                  "branches",
                  BRANCHES,
                  Set.of("parallel", "tournament"),
                  "Tasks {task, agent} side by side."),
              of("from", TEXTS, ALL, "Phases whose results are put together."),
              of("use", TEXT, Set.of("flow"), "A saved flow."),
              of(
                  "def",
                  ANYTHING,
                  Set.of("flow"),
                  "A flow written here or generated by an earlier phase."),
              of("with", OBJECT, Set.of("flow"), "Arguments of the sub-flow."),
              of("until", TEXT, Set.of("loop"), "The condition that ends the loop."),
              of(
                  "maxIterations",
                  NUMBER,
                  Set.of("loop"),
                  "At most so many rounds (10, up to 100)."),
              of(
                  "convergence",
                  FLAG,
                  Set.of("loop"),
                  "Stop when a round says the same as the one before (true)."),
              of("variants", NUMBER, Set.of("tournament"), "How many competitors (3, 2 to 20)."),
              of("judge", TEXT, Set.of("tournament"), "What the judge looks at."),
              of("judgeAgent", TEXT, Set.of("tournament"), "The role that judges."),
              of(
                  "mode",
                  List.of("best", "aggregate"),
                  Set.of("tournament"),
                  "Take the winner, or the judge's synthesis."),
              of("script", TEXTS, Set.of("script"), "Program and arguments; no shell."),
              of("dependsOn", TEXTS, ALL, "Phases to wait for."),
              of(
                  "join",
                  List.of("all", "any"),
                  ALL,
                  "Wait for all of them, or for the first that is done."),
              of("when", TEXT, ALL, "Skip the phase unless this holds."),
              of("retry", OBJECT, CALLS, "{max, backoffMs, factor}."),
              of("output", List.of("text", "json"), ALL, "'json': the output is read as JSON."),
              of(
                  "expect",
                  OBJECT,
                  Set.of(
                      "agent", "gate", "reduce", "loop", "map", "parallel", "tournament", "script"),
                  "A JSON Schema that each answer must fit."),
              of("model", TEXT, CALLS, "Model, or a model role {{fast}}."),
              of("thinking", TEXT, CALLS, "off, low, medium, high, xhigh."),
              of("tools", TEXTS, CALLS, "Tools the agent may use."),
              of(
                  "cwd",
                  TEXT,
                  Set.of(
                      "agent",
                      "parallel",
                      "map",
                      "gate",
                      "reduce",
                      "loop",
                      "tournament",
                      "flow",
                      "script"),
                  "Directory of the calls."),
              of("final", FLAG, ALL, "Its output is the flow's."),
              of("optional", FLAG, ALL, "Its failure does not fail the flow."),
              of(
                  "concurrency",
                  NUMBER,
                  Set.of("map", "parallel", "tournament"),
                  "How many at once."),
              of("context", TEXTS, CALLS, "Files read before the prompt."),
              of("contextLimit", NUMBER, CALLS, "Characters kept of each context file (8000)."),
              of("timeout", TEXT, CALLS_AND_SCRIPTS, "At most so long: 30s, 10m, 2h."),
              of("idleTimeout", TEXT, CALLS, "Ended when silent so long (5m)."),
              of(
                  "onBlock",
                  List.of("halt", "retry"),
                  Set.of("gate"),
                  "On BLOCK: stop, or do the phases before it again."),
              of(
                  "eval",
                  TEXTS,
                  Set.of("gate"),
                  "Checks; when all hold the gate passes without a call."),
              of("cache", OBJECT, ALL, "{scope, ttl, fingerprint}.")));

  static final Map<String, FlowLanguageKey> BUDGET =
      table(
          List.of(
              of("maxUSD", NUMBER, ALL, "US dollars."),
              of("maxTokens", NUMBER, ALL, "Tokens in and out.")));

  static final Map<String, FlowLanguageKey> RETRY =
      table(
          List.of(
              of("max", NUMBER, ALL, "Repetitions, 0 to 20."),
              of("backoffMs", NUMBER, ALL, "Pause before the first, 0 to 60000 (0)."),
              of("factor", NUMBER, ALL, "The pause grows by this, 1 to 10 (1).")));

  static final Map<String, FlowLanguageKey> CACHE =
      table(
          List.of(
              of(
                  "scope",
                  List.of("run-only", "cross-run", "off"),
                  ALL,
                  "Where results are used again."),
              of("ttl", TEXT, ALL, "How long: 30m, 6h, 7d."),
              of(
                  "fingerprint",
                  TEXTS,
                  ALL,
                  "What else decides: git:REF, glob:PATTERN, glob!:PATTERN, file:PATH,"
                      + " env:NAME.")));

  static final Map<String, FlowLanguageKey> ARGUMENT =
      table(
          List.of(
              of(
                  "type",
                  List.of("string", "number", "boolean", "enum", "path"),
                  ALL,
                  "What the value must be."),
              of("default", ANYTHING, ALL, "Value when none is given."),
              of("required", FLAG, ALL, "Must be given."),
              of("values", TEXTS, ALL, "The values of an enum."),
              of("description", TEXT, ALL, "For people.")));

  static final Map<String, FlowLanguageKey> BRANCH =
      table(
          List.of(
              of("task", TEXT, ALL, "The prompt."),
              of("agent", TEXT, ALL, "The role."),
              of("description", TEXT, ALL, "For people.")));
}
