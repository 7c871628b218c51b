package adw.git.content;

import adw.git.config.GitConfig;
import java.util.Arrays;
import java.util.Optional;

/// What happens to a file's line ends between repository and worktree: git's `crlf_action`.
public enum Eol {
  NONE(false, false),
  TEXT_LF(false, false),
  TEXT_CRLF(false, true),
  AUTO_LF(true, false),
  AUTO_CRLF(true, true);

  private final boolean auto;
  private final boolean returns;

  Eol(boolean auto, boolean returns) {
    this.auto = auto;
    this.returns = returns;
  }

  /// What holds for a file with these attributes (git's convert_attrs).
  static Eol of(Optional<String> text, Optional<String> eol, GitConfig config) {
    var returns = returnsByConfig(config);
    if (text.isEmpty() && eol.isEmpty()) {
      return switch (autocrlf(config)) {
        case "true" -> AUTO_CRLF;
        case "input" -> AUTO_LF;
        default -> NONE;
      };
    }
    return switch (text.orElse("set")) {
      case "unset" -> NONE;
      case "auto" -> eol.map(end -> end.equals("crlf")).orElse(returns) ? AUTO_CRLF : AUTO_LF;
      case "input" -> eol.filter("crlf"::equals).isPresent() ? TEXT_CRLF : TEXT_LF;
      default -> eol.map(end -> end.equals("crlf")).orElse(returns) ? TEXT_CRLF : TEXT_LF;
    };
  }

  private static String autocrlf(GitConfig config) {
    var value = config.find("core.autocrlf").orElse("false");
    return value.equalsIgnoreCase("input")
        ? "input"
        : Boolean.toString(config.isOn("core.autocrlf", false));
  }

  /// Whether text is given CRLF where no attribute says.
  static boolean returnsByConfig(GitConfig config) {
    return switch (autocrlf(config)) {
      case "true" -> true;
      case "input" -> false;
      default -> config.find("core.eol").filter("crlf"::equalsIgnoreCase).isPresent();
    };
  }

  /// git looks at the content first.
  boolean isAuto() {
    return auto;
  }

  boolean writesReturns() {
    return returns;
  }

  byte[] toWorktree(byte[] blob) {
    if (!returns || blob.length == 0) {
      return blob;
    }
    var seen = Seen.in(blob);
    if (seen.loneLf == 0 || (auto && (seen.loneCr > 0 || seen.crlf > 0 || seen.isBinary()))) {
      return blob;
    }
    var out = new byte[blob.length + seen.loneLf];
    var length = 0;
    for (var i = 0; i < blob.length; i++) {
      if (blob[i] == '\n' && (i == 0 || blob[i - 1] != '\r')) {
        out[length++] = '\r';
      }
      out[length++] = blob[i];
    }
    return Arrays.copyOf(out, length);
  }

  /// `known` is the blob that the index holds for the file: one with CRLF in it keeps them.
  byte[] toBlob(byte[] file, Known known) throws java.io.IOException {
    if (this == NONE || file.length == 0) {
      return file;
    }
    var seen = Seen.in(file);
    if (seen.crlf == 0 || (auto && (seen.isBinary() || hasReturns(known.read())))) {
      return file;
    }
    var out = new byte[file.length - seen.crlf];
    var length = 0;
    for (var i = 0; i < file.length; i++) {
      if (file[i] != '\r' || i + 1 == file.length || file[i + 1] != '\n') {
        out[length++] = file[i];
      }
    }
    return Arrays.copyOf(out, length);
  }

  private static boolean hasReturns(byte[] blob) {
    var seen = Seen.in(blob);
    return seen.crlf > 0 && !seen.isBinary();
  }

  /// The blob in the index, empty if there is none.
  public interface Known {
    byte[] read() throws java.io.IOException;
  }

  /// git's text statistics.
  private record Seen(int nul, int loneCr, int loneLf, int crlf, int printable, int other) {
    static Seen in(byte[] bytes) {
      int nul = 0;
      int loneCr = 0;
      int loneLf = 0;
      int crlf = 0;
      int printable = 0;
      int other = 0;
      for (var i = 0; i < bytes.length; i++) {
        switch (bytes[i]) {
          case '\r' -> {
            if (i + 1 < bytes.length && bytes[i + 1] == '\n') {
              crlf++;
              i++;
            } else {
              loneCr++;
            }
          }
          case '\n' -> loneLf++;
          case '\b', '\t', 033, 014 -> printable++;
          case 0 -> {
            nul++;
            other++;
          }
          case 127 -> other++;
          default -> {
            if (bytes[i] >= 0 && bytes[i] < 32) {
              other++;
            } else {
              printable++;
            }
          }
        }
      }
      // A DOS end of file is no sign of a binary one.
      if (bytes.length > 0 && bytes[bytes.length - 1] == 032) {
        other--;
      }
      return new Seen(nul, loneCr, loneLf, crlf, printable, other);
    }

    boolean isBinary() {
      return loneCr > 0 || nul > 0 || printable >> 7 < other;
    }
  }
}
