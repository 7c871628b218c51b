package adw.flow;

import adw.os.Enclosure;
import adw.run.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Everything outside a flow that it needs while it runs.
public record World(Crew crew, Shelf shelf, Site site, Time time, Progress progress) {

  /// Who works.
  public record Crew(Player player, Approver approver, Roles.Folders roles, Models models) {}

  /// What is kept between runs.
  public record Shelf(Flows flows, Cache cache, Revisions revisions) {}

  /// Where the work is done.
  ///
  /// @param directory relative paths start here; generated flows cannot leave it
  /// @param environment of scripts, complete
  /// @param enclosure of scripts: agents may have written them
  public record Site(Path directory, Map<String, String> environment, Enclosure enclosure) {
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

  public World with(Progress other) {
    return new World(crew, shelf, site, time, other);
  }

  /// The same with nobody who could be asked, and nothing that would be kept.
  World offline() {
    var gone = "not in the record";
    Player nobody =
        (_, _) -> new Player.Reply.Failed(gone, Usage.NONE, Player.Again.NO, Optional.empty());
    var alone = new Crew(nobody, Approver.nobody(), crew.roles(), crew.models());
    var bare = new Shelf(shelf.flows(), Cache.none(), shelf.revisions());
    return new World(alone, bare, site, time, progress);
  }
}
