package adw.flow.run;

import adw.flow.definition.FlowFolders;
import adw.flow.definition.ModelChoice;
import adw.flow.definition.RoleFolders;
import adw.os.process.ProgramEnclosure;
import adw.spend.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Everything outside a flow that it needs while it runs.
public record FlowWorld(Crew crew, Shelf shelf, Site site, Time time, FlowListener progress) {

  /// Who works.
  public record Crew(
      PhaseCaller player, Approver approver, RoleFolders.Folders roles, ModelChoice models) {}

  /// What is kept between runs.
  public record Shelf(FlowFolders flows, ResultCache cache, Revisions revisions) {}

  /// Where the work is done.
  ///
  /// @param directory relative paths start here; generated flows cannot leave it
  /// @param environment of scripts, complete
  /// @param enclosure of scripts: agents may have written them
  public record Site(Path directory, Map<String, String> environment, ProgramEnclosure enclosure) {
    public Site {
      environment = Map.copyOf(environment);
    }
  }

  public record Time(InstantSource clock, Pause pause) {}

  /// Waits between two attempts.
  public interface Pause {
    void pause(Duration time) throws InterruptedException;
  }

  /// What a git reference names now.
  public interface Revisions {
    Optional<String> find(String reference);
  }

  public FlowWorld with(FlowListener other) {
    return new FlowWorld(crew, shelf, site, time, other);
  }

  /// The same with nobody who could be asked, and nothing that would be kept.
  FlowWorld offline() {
    var gone = "not in the record";
    PhaseCaller nobody =
        (_, _) ->
            new PhaseCaller.Reply.Failed(gone, Usage.NONE, PhaseCaller.Again.NO, Optional.empty());
    var alone = new Crew(nobody, Approver.nobody(), crew.roles(), crew.models());
    var bare = new Shelf(shelf.flows(), ResultCache.none(), shelf.revisions());
    return new FlowWorld(alone, bare, site, time, progress);
  }
}
