package adw.flow.definition;

import adw.flow.definition.FlowFinding.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The tools to which a phase, or its role, keeps an agent.
///
/// @param preset the program that the role names
public record ToolUse(String phase, int line, Optional<String> preset, List<String> tools) {
  private static final Set<String> EVERYTHING = Set.of("bash", "edit", "write");

  public ToolUse {
    tools = List.copyOf(tools);
  }

  /// What the phases of a flow restrict.
  public static List<ToolUse> of(Flow flow, RoleFolders roles) {
    var uses = new LinkedHashSet<ToolUse>();
    for (var phase : flow.phases()) {
      if (phase instanceof Phase.Calling calling && !(phase instanceof Phase.Script)) {
        for (var name : names(calling)) {
          var role = roles.playing(name);
          calling
              .manner()
              .player()
              .tools()
              .or(role.wishes()::tools)
              .filter(ToolUse::isLimit)
              .map(tools -> new ToolUse(phase.id(), phase.common().line(), role.preset(), tools))
              .ifPresent(uses::add);
        }
      }
    }
    return List.copyOf(uses);
  }

  /// Each role that the phase calls; empty: the default one.
  private static Set<Optional<String>> names(Phase.Calling phase) {
    var names = new LinkedHashSet<Optional<String>>();
    var branches = new ArrayList<Phase.Branch>();
    switch (phase) {
      case Phase.Parallel parallel -> branches.addAll(parallel.branches());
      case Phase.Tournament contest -> {
        branches.addAll(contest.competitors());
        names.add(contest.judgeAgent().or(contest.manner().player()::agent));
      }
      case Phase.Single _,
          Phase.Reduce _,
          Phase.Each _,
          Phase.Gate _,
          Phase.Loop _,
          Phase.Script _ ->
          names.add(phase.manner().player().agent());
    }
    branches.forEach(branch -> names.add(branch.agent().or(phase.manner().player()::agent)));
    return names;
  }

  /// Whoever may run commands and change files is kept from nothing that matters.
  public static boolean isLimit(List<String> tools) {
    return !tools.isEmpty()
        && !tools.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .toList()
            .containsAll(EVERYTHING);
  }

  /// That the program which plays it takes no list of tools.
  public FlowFinding unheld(String program) {
    return FlowFinding.of(
            Rule.TOOLS,
            line,
            unheld(program, tools),
            "give its role preset = claude, pi or qwen, or set options.tools in [agents."
                + program
                + "]")
        .at(phase);
  }

  public static String unheld(String program, List<String> tools) {
    return program + " cannot be kept to " + String.join(", ", tools) + ": it may use every tool";
  }
}
