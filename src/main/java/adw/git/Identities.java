package adw.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Who writes a commit in one worktree, asked of git once a role.
final class Identities {
  private static final Person NOBODY = new Person("adw", "adw@localhost");

  private final Program git;
  private final Location place;
  private final Map<Role, Optional<Person>> known = new EnumMap<>(Role.class);

  enum Role {
    AUTHOR("author", "GIT_AUTHOR_IDENT"),
    COMMITTER("committer", "GIT_COMMITTER_IDENT");

    private final String section;
    private final String variable;

    Role(String section, String variable) {
      this.section = section;
      this.variable = variable;
    }
  }

  Identities(Program git, Location place) {
    this.git = git;
    this.place = place;
  }

  /// git has no name for whoever has set none, on a machine whose own name makes no address.
  synchronized Optional<Person> find(Role role) throws IOException {
    var person = known.get(role);
    if (person == null) {
      person =
          git.tryRead(place, "var", role.variable)
              .map(bytes -> Person.parse(Config.text(ByteBuffer.wrap(bytes))));
      known.put(role, person);
    }
    return person;
  }

  /// What is set of a name, and "adw" for the rest.
  static Person partly(Role role, Config config) {
    return new Person(
        set(config, role, "name").orElse(NOBODY.name()),
        set(config, role, "email").orElse(NOBODY.email()));
  }

  private static Optional<String> set(Config config, Role role, String name) {
    return config
        .find(role.section + "." + name)
        .or(() -> config.find("user." + name))
        .map(Person::clean)
        .filter(value -> !value.isBlank());
  }
}
