package adw.cli;

import adw.flow.Flow;
import adw.run.Json;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the phases of a flow ask of agents.
///
/// @param scope where its roles are found: user, project or both
/// @param roles that its phases name
/// @param hasOpen whether a phase names none
record FlowParts(String scope, Set<String> roles, boolean hasOpen) {
  static final FlowParts NONE = new FlowParts("user", Set.of(), false);
  static final FlowParts BUILT_IN = new FlowParts("user", Set.of(), true);
  private static final Set<String> PLAYED_BY_NOBODY = Set.of("script", "approval");

  FlowParts {
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
  }

  static FlowParts of(Flow flow) {
    var roles = new TreeSet<String>();
    var hasOpen = false;
    for (var phase : flow.source().list("phases")) {
      if (isPlayed(phase)) {
        addRoles(phase, roles);
        hasOpen |= !(phase instanceof Json.Obj named && named.findText("agent").isPresent());
      }
    }
    return new FlowParts(flow.agentScope(), roles, hasOpen);
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
