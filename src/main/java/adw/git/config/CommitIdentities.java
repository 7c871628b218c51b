package adw.git.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Who writes a commit in one worktree, asked of git once a role.
public final class CommitIdentities {
  private static final GitPerson NOBODY = new GitPerson("adw", "adw@localhost");

  private final GitProgram git;
  private final RepositoryPaths place;
  private final Map<Role, Optional<GitPerson>> known = new EnumMap<>(Role.class);

  public enum Role {
    AUTHOR("author", "GIT_AUTHOR_IDENT"),
    COMMITTER("committer", "GIT_COMMITTER_IDENT");

    private final String section;
    private final String variable;

    Role(String section, String variable) {
      this.section = section;
      this.variable = variable;
    }
  }

  public CommitIdentities(GitProgram git, RepositoryPaths place) {
    this.git = git;
    this.place = place;
  }

  /// git has no name for whoever has set none, on a machine whose own name makes no address.
  public synchronized Optional<GitPerson> find(Role role) throws IOException {
    var person = known.get(role);
    if (person == null) {
      person =
          git.tryRead(place, "var", role.variable)
              .map(bytes -> GitPerson.parse(GitConfig.text(ByteBuffer.wrap(bytes))));
      known.put(role, person);
    }
    return person;
  }

  /// What is set of a name, and "adw" for the rest.
  public static GitPerson partly(Role role, GitConfig config) {
    return new GitPerson(
        set(config, role, "name").orElse(NOBODY.name()),
        set(config, role, "email").orElse(NOBODY.email()));
  }

  private static Optional<String> set(GitConfig config, Role role, String name) {
    return config
        .find(role.section + "." + name)
        .or(() -> config.find("user." + name))
        .map(GitPerson::clean)
        .filter(value -> !value.isBlank());
  }
}
