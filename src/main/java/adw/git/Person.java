package adw.git;

import java.time.ZoneId;
import java.util.Optional;
import org.eclipse.jgit.lib.PersonIdent;

/// Who writes a commit: as git decides it, and "adw" where git would find no name.
record Person(String name, String email) {
  private static final Person NOBODY = new Person("adw", "adw@localhost");

  static Person author(Config config, Surroundings world) {
    return find("author", config, world);
  }

  static Person committer(Config config, Surroundings world) {
    return find("committer", config, world);
  }

  private static Person find(String role, Config config, Surroundings world) {
    var variable = role.equals("author") ? "GIT_AUTHOR_" : "GIT_COMMITTER_";
    var name = world.find(variable + "NAME").or(() -> set(config, role + ".name", "user.name"));
    var email =
        world
            .find(variable + "EMAIL")
            .or(() -> set(config, role + ".email", "user.email"))
            .or(() -> world.find("EMAIL"));
    return new Person(
        name.map(Person::clean).orElse(NOBODY.name), email.map(Person::clean).orElse(NOBODY.email));
  }

  private static Optional<String> set(Config config, String first, String second) {
    return config.find(first).or(() -> config.find(second)).filter(value -> !value.isBlank());
  }

  /// What would end a name or a line of a commit early is left out, as git does.
  private static String clean(String text) {
    return text.replaceAll("[<>\\n\\u0000]", "").strip();
  }

  PersonIdent at(Surroundings world) {
    return new PersonIdent(name, email, world.clock().instant(), zone(world));
  }

  private static ZoneId zone(Surroundings world) {
    return world.find("TZ").flatMap(Person::findZone).orElseGet(ZoneId::systemDefault);
  }

  private static Optional<ZoneId> findZone(String name) {
    return ZoneId.getAvailableZoneIds().contains(name)
        ? Optional.of(ZoneId.of(name))
        : Optional.empty();
  }
}
