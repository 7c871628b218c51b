package adw.git.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.ignore.IgnoreNode;

/// Files named by patterns as `.gitignore` has them: `package.json` at any depth, `/go.sum` at the
/// top, `requirements*.txt`, `db/schema/`, and `!` before those that are none after all.
public final class PathPatterns {
  private final IgnoreNode rules = new IgnoreNode();

  private PathPatterns() {}

  public static PathPatterns of(List<String> lines) throws IOException {
    var patterns = new PathPatterns();
    var text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    patterns.rules.parse(new ByteArrayInputStream(text));
    return patterns;
  }

  /// Itself, or a folder that it lies in.
  public boolean matches(String path) {
    var verdict = rules.checkIgnored(path, false);
    for (var slash = path.lastIndexOf('/');
        verdict == null && slash > 0;
        slash = path.lastIndexOf('/', slash - 1)) {
      verdict = rules.checkIgnored(path.substring(0, slash), true);
    }
    return Boolean.TRUE.equals(verdict);
  }
}
