package adw.git.config;

import java.util.Optional;

/// A branch of a remote repository that has a name here, `origin`.
public record RemoteBranch(String remote, String name) {
  static final String ORIGIN = "origin";

  /// What a base calls it: `dev` for that of origin, or `upstream/dev` where no branch here has
  /// that name.
  public static Optional<RemoteBranch> find(String base, boolean isLocal, GitConfig config) {
    var slash = base.indexOf('/');
    if (!isLocal
        && slash > 0
        && slash < base.length() - 1
        && isRemote(base.substring(0, slash), config)) {
      return Optional.of(new RemoteBranch(base.substring(0, slash), base.substring(slash + 1)));
    }
    return isRemote(ORIGIN, config)
        ? Optional.of(new RemoteBranch(ORIGIN, base))
        : Optional.empty();
  }

  private static boolean isRemote(String name, GitConfig config) {
    return config.find("remote." + name + ".url").isPresent();
  }

  /// `origin/dev`
  public String words() {
    return remote + "/" + name;
  }

  /// Where this repository keeps what it knows of it.
  public String ref() {
    return "refs/remotes/" + words();
  }

  public String refspec() {
    return "+refs/heads/" + name + ":" + ref();
  }
}
