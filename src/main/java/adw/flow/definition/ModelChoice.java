package adw.flow.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which model plays which model role, and what the task itself asks for.
///
/// @param roles `fast strong thinker arbiter vision reasoner` to model names, as far as mapped
/// @param asked the task's own model; wins over everything
/// @param thinking where neither phase nor role says how hard to think
public record ModelChoice(
    Map<String, String> roles, Optional<String> asked, Optional<String> thinking) {
  /// The model roles that the built-in roles name, with what each is for.
  public static final Map<String, String> INTENTS = Collections.unmodifiableMap(intents());

  private static final Pattern ROLE = Pattern.compile("\\{\\{([A-Za-z0-9_-]+)\\}\\}");
  public static final ModelChoice NONE =
      new ModelChoice(Map.of(), Optional.empty(), Optional.empty());

  public ModelChoice {
    roles = Map.copyOf(roles);
  }

  /// The model to pass; none for a model role that nobody mapped.
  public Optional<String> choose(Optional<String> ofPhase, Role role) {
    return asked.or(() -> ofPhase.or(role.wishes()::model).flatMap(this::resolve));
  }

  private Optional<String> resolve(String model) {
    var named = ROLE.matcher(model);
    return named.matches() ? Optional.ofNullable(roles.get(named.group(1))) : Optional.of(model);
  }

  private static Map<String, String> intents() {
    var intents = new LinkedHashMap<String, String>();
    intents.put("fast", "cheap and quick: high volume, low stakes");
    intents.put("strong", "balanced: planning, review, moderate complexity");
    intents.put("thinker", "deep analysis: requirements, critique");
    intents.put("arbiter", "final judgment: tiebreak, gates on plans");
    intents.put("vision", "pictures too: interfaces, reading designs");
    intents.put("reasoner", "cautious reasoning: security, risk");
    return intents;
  }
}
