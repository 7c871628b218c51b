package adw.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import adw.os.FileTrees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;

/// Random trees of files that are hard for a checkout, and random changes to them.
final class RandomFiles {
  private static final List<String> NAMES =
      List.of(
          "a", "b", "ab", "a-b", "a.b", "A", "x y", "ü", "-dash", "log", "build", "c.txt", "d.bin",
          "e.sh", "#h", "$(x)", "日本", "f.u16", "g.u16b", "h.l1", "i.id");

  private final Random random;

  RandomFiles(Random random) {
    this.random = random;
  }

  void commitTo(GitSandbox sandbox) throws IOException, InterruptedException {
    var count = 5 + random.nextInt(60);
    for (var i = 0; i < count; i++) {
      put(sandbox.top, path());
    }
    if (random.nextBoolean()) {
      GitSandbox.write(sandbox.top, ".gitattributes", attributes());
    }
    if (random.nextInt(3) == 0) {
      put(sandbox.top, "a-b/zz");
      if (Files.isDirectory(sandbox.top.resolve("a-b"))) {
        GitSandbox.write(sandbox.top, "a-b/.gitattributes", attributes());
      }
    }
    if (random.nextBoolean()) {
      GitSandbox.write(sandbox.top, ".gitignore", ignores());
    }
    sandbox.git("add", "-A", "-f", ".");
    sandbox.git("commit", "-q", "--allow-empty", "-m", "random");
  }

  private String attributes() {
    var lines =
        List.of(
            "* text=auto\n",
            "*.txt text eol=crlf\n",
            "*.sh eol=lf\n",
            "*.bin binary\n",
            "a* -text\n",
            "[attr]mine text eol=crlf\n",
            "b* mine\n",
            "*.txt !eol\n",
            "/ab text\n",
            "log/** text=auto eol=crlf\n",
            "ab crlf\n",
            "*.u16 working-tree-encoding=UTF-16LE-BOM\n",
            "*.u16b text working-tree-encoding=utf-16be eol=crlf\n",
            "*.l1 working-tree-encoding=ISO-8859-1\n",
            "*.id ident\n",
            "a ident text=auto\n",
            "i* -ident\n",
            "# comment\n");
    var text = new StringBuilder();
    for (var line : lines) {
      text.append(random.nextInt(3) == 0 ? line : "");
    }
    return text.toString();
  }

  private String ignores() {
    var lines =
        List.of(
            "log\n",
            "/build\n",
            "*.b\n",
            "!a.b\n",
            "ab/\n",
            "a-b/**/log\n",
            "**/x y\n",
            "# comment\n",
            "ü\n",
            "\\#h\n",
            "d.bi?\n",
            "/a/*\n!/a/ab\n",
            "[A-C]\n");
    var text = new StringBuilder();
    for (var line : lines) {
      text.append(random.nextInt(3) == 0 ? line : "");
    }
    return text.toString();
  }

  void changeIn(Path folder) throws IOException {
    var count = 1 + random.nextInt(12);
    for (var i = 0; i < count; i++) {
      var path = path();
      if (random.nextInt(3) == 0) {
        FileTrees.delete(folder.resolve(path));
      } else {
        put(folder, path);
      }
    }
    if (random.nextInt(6) == 0) {
      GitSandbox.write(folder, ".gitignore", ignores());
    }
  }

  private String path() {
    var path = new StringBuilder();
    for (var depth = random.nextInt(4); depth > 0; depth--) {
      path.append(name()).append('/');
    }
    return path + name();
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  /// Nothing is put where a file stands on the way, or a folder in the place.
  private void put(Path folder, String path) throws IOException {
    var content = encoded(path, content());
    var kind = random.nextInt(10);
    var file = folder.resolve(path);
    for (var at = file.getParent(); at != null && !at.equals(folder); at = at.getParent()) {
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    if (kind == 0) {
      Files.createSymbolicLink(file, Path.of(kind % 2 == 0 ? "../a" : "/nowhere/x"));
      return;
    }
    Files.write(file, content);
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(kind == 1 ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /// A file whose name may have been given an encoding is in it.
  private byte[] encoded(String path, byte[] content) {
    var text = "Grüße" + new String(content, ISO_8859_1);
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "u16" -> ("\ufeff" + text).getBytes(UTF_16LE);
      case "u16b" -> text.getBytes(UTF_16BE);
      case "l1" -> text.getBytes(ISO_8859_1);
      default -> content;
    };
  }

  private static final List<String> MARKS =
      List.of("$Id$", "$Id: 1234 $", "$Id: a b $", "$Id:$ $Id", "$Id: x", "$Idx$ $$Id$", "$Id: a$");

  private byte[] content() {
    var out = new ByteArrayOutputStream();
    var style = random.nextInt(6);
    for (var lines = random.nextInt(20); lines > 0; lines--) {
      out.writeBytes(("line " + random.nextInt(1000)).getBytes(UTF_8));
      if (random.nextInt(8) == 0) {
        out.writeBytes(MARKS.get(random.nextInt(MARKS.size())).getBytes(UTF_8));
      }
      var crlf = style == 0 || (style == 1 && random.nextBoolean());
      out.writeBytes((crlf ? "\r\n" : "\n").getBytes(UTF_8));
      if (style == 2 && random.nextInt(5) == 0) {
        out.write(random.nextInt(256));
      }
      if (style == 3 && random.nextInt(10) == 0) {
        out.write(0);
      }
    }
    return out.toByteArray();
  }
}
