package adw.run;

import adw.json.Json;
import adw.json.JsonException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Values of a record that become part of a path or a ref. Anything may stand in a file: what is no
/// such name is an error of the record, and never a place on the disk.
final class RecordName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

  /// What git refuses in the name of a branch, as far as it could lead out of its folder.
  private static final Pattern NO_BRANCH =
      Pattern.compile(
          "^[-/]|\\.\\.|//|(^|/)\\.|@\\{|[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.lock(/|$)|[/.]$|^$");

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private RecordName() {}

  /// One that stands in a folder of ours.
  static String name(Json.Obj json, String field) {
    return matching(json, field, NAME.matcher(json.text(field)).matches());
  }

  static String branch(Json.Obj json, String field) {
    return matching(json, field, !NO_BRANCH.matcher(json.text(field)).find());
  }

  static String commit(Json.Obj json, String field) {
    return matching(json, field, COMMIT.matcher(json.text(field)).matches());
  }

  static Path folder(Json.Obj json, String field) {
    try {
      var folder = Path.of(json.text(field));
      matching(json, field, folder.isAbsolute() && folder.equals(folder.normalize()));
      return folder;
    } catch (InvalidPathException _) {
      throw refused(json, field);
    }
  }

  private static String matching(Json.Obj json, String field, boolean isOne) {
    if (!isOne) {
      throw refused(json, field);
    }
    return json.text(field);
  }

  private static JsonException refused(Json.Obj json, String field) {
    return new JsonException("'" + field + "' cannot be '" + json.text(field) + "'");
  }
}
