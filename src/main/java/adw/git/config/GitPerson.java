package adw.git.config;

import java.time.ZoneId;
import java.util.Optional;
import org.eclipse.jgit.lib.PersonIdent;

/// Who writes a commit.
public record GitPerson(String name, String email) {
  /// `A U Thor <author@example.com> 1112911993 -0700`
  public static GitPerson parse(String ident) {
    var open = ident.indexOf('<');
    var close = ident.indexOf('>', open);
    return new GitPerson(clean(ident.substring(0, open)), clean(ident.substring(open + 1, close)));
  }

  /// What would end a name or a line of a commit early is left out, as git does.
  public static String clean(String text) {
    return text.replaceAll("[<>\\n\\u0000]", "").strip();
  }

  public String words() {
    return name + " <" + email + ">";
  }

  public PersonIdent at(GitEnvironment world) {
    return new PersonIdent(name, email, world.clock().instant(), zone(world));
  }

  private static ZoneId zone(GitEnvironment world) {
    return world.find("TZ").flatMap(GitPerson::findZone).orElseGet(ZoneId::systemDefault);
  }

  private static Optional<ZoneId> findZone(String name) {
    return ZoneId.getAvailableZoneIds().contains(name)
        ? Optional.of(ZoneId.of(name))
        : Optional.empty();
  }
}
