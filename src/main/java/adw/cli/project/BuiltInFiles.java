package adw.cli.project;

import adw.flow.definition.FlowFolders;
import adw.flow.definition.RoleFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The built-in workflows and the roles that they name, as files for a person to edit: what lies in
/// `adws/` counts before what is built in.
///
/// @param folder `adws` of the repository
public record BuiltInFiles(Path folder) {
  /// What was written, and what stays as a person has it.
  public record Copied(List<Path> written, List<Path> left) {}

  public Copied copy() throws IOException {
    var copied = new Copied(new ArrayList<>(), new ArrayList<>());
    for (var name : FlowFolders.BUILT_IN) {
      var text = FlowFolders.builtInText(name);
      copy(folder.resolve(name + ".json"), name, text, copied);
      for (var role : rolesIn(text)) {
        copy(folder.resolve("agents/" + role + ".md"), role, RoleFolders.builtInText(role), copied);
      }
    }
    return copied;
  }

  private static List<String> rolesIn(String flow) {
    return RoleFolders.BUILT_IN.stream()
        .filter(role -> flow.contains("\"agent\": \"" + role + "\""))
        .toList();
  }

  /// A file of that name with another ending would be a second workflow of that name.
  private static void copy(Path file, String name, String text, Copied copied) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    try (var same = Files.newDirectoryStream(file.resolveSibling(""), name + ".*")) {
      for (var there : same) {
        if (!copied.written().contains(there) && !copied.left().contains(there)) {
          copied.left().add(there);
        }
        return;
      }
    }
    Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    copied.written().add(file);
  }
}
