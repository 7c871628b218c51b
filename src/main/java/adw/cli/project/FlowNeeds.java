package adw.cli.project;

import adw.flow.definition.Flow;
import adw.json.Json;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the phases of a flow ask of agents.
///
/// @param scope where its roles are found: user, project or both
/// @param roles that its phases name
/// @param hasOpen whether a phase names none
record FlowNeeds(String scope, Set<String> roles, boolean hasOpen) {
  static final FlowNeeds NONE = new FlowNeeds("user", Set.of(), false);
  static final FlowNeeds BUILT_IN = new FlowNeeds("user", Set.of(), true);
  private static final Set<String> PLAYED_BY_NOBODY = Set.of("script", "approval");

  FlowNeeds {
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
  }

  static FlowNeeds of(Flow flow) {
    var roles = new TreeSet<String>();
    var hasOpen = false;
    for (var phase : flow.origin().source().list("phases")) {
      if (isPlayed(phase)) {
        addRoles(phase, roles);
        hasOpen |= !(phase instanceof Json.Obj named && named.findText("agent").isPresent());
      }
    }
    return new FlowNeeds(flow.rules().agentScope(), roles, hasOpen);
  }

  private static boolean isPlayed(Json phase) {
    var type = phase instanceof Json.Obj obj ? obj.findText("type") : Optional.<String>empty();
    return !PLAYED_BY_NOBODY.contains(type.orElse("agent"));
  }

  private static void addRoles(Json part, Set<String> roles) {
    if (part instanceof Json.Obj object) {
      object.findText("agent").ifPresent(roles::add);
      object.members().values().forEach(member -> addRoles(member, roles));
    } else if (part instanceof Json.Arr array) {
      array.items().forEach(item -> addRoles(item, roles));
    }
  }

  boolean needsAgent() {
    return hasOpen || !roles.isEmpty();
  }
}
