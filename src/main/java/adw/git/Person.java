package adw.git;

import java.time.ZoneId;
import java.util.Optional;
import org.eclipse.jgit.lib.PersonIdent;

/// Who writes a commit.
record Person(String name, String email) {
  /// `A U Thor <author@example.com> 1112911993 -0700`
  static Person parse(String ident) {
    var open = ident.indexOf('<');
    var close = ident.indexOf('>', open);
    return new Person(clean(ident.substring(0, open)), clean(ident.substring(open + 1, close)));
  }

  /// What would end a name or a line of a commit early is left out, as git does.
  static String clean(String text) {
    return text.replaceAll("[<>\\n\\u0000]", "").strip();
  }

  String words() {
    return name + " <" + email + ">";
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
