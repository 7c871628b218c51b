package adw.flow.run;

import adw.flow.definition.Flow;
import adw.flow.definition.RoleFolders;
import java.io.IOException;

/// The flow at work around its phases, as far as they may see it.
final class FlowFrame {
  final FlowContext session;
  final Flow flow;
  final FlowPlace place;
  final FlowBudget spend;
  final RoleFolders roles;
  private volatile boolean isAborted;

  FlowFrame(FlowContext session, Flow flow, FlowPlace place, FlowBudget spend) throws IOException {
    this.session = session;
    this.flow = flow;
    this.place = place;
    this.spend = spend;
    this.roles = session.roles(flow.rules().agentScope());
  }

  /// A phase was ended by the stop of the run.
  void aborted() {
    isAborted = true;
  }

  boolean isAborted() {
    return isAborted;
  }
}
