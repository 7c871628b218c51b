package adw.daemon;

import adw.git.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Whether the branch of a named scope is free for its runs.
final class Scopes {
  private final Site site;

  Scopes(Site site) {
    this.site = site;
  }

  /// Who else has a branch of that name: the base, or a worktree that is not the scope's own.
  Optional<String> findTaken(String name) throws IOException {
    if (site.settings().worktrees().base().equals(name)
        || site.repository().startBranch().equals(Optional.of(name))) {
      return Optional.of("branch " + name + " is the base branch");
    }
    for (var folder : site.repository().worktreeFolders()) {
      if (!folder.equals(own(name)) && isOn(folder, name)) {
        return Optional.of("branch " + name + " is checked out in " + folder);
      }
    }
    return Optional.empty();
  }

  private Path own(String name) {
    return Bases.folder(site).resolve(name);
  }

  private static boolean isOn(Path folder, String branch) throws IOException {
    var place = Location.find(folder);
    return place.isPresent() && place.get().branch().equals(Optional.of(branch));
  }
}
