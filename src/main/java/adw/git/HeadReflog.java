package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.config.GitEnvironment;
import adw.git.config.GitPerson;
import adw.os.NewFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The reflog of one worktree's HEAD.
record HeadReflog(Path gitDir) {
  void append(String from, String to, GitPerson who, GitEnvironment world, String why)
      throws IOException {
    var file = gitDir.resolve("logs").resolve("HEAD");
    NewFolders.make(file.resolveSibling(""));
    var message = why.isBlank() ? "" : "\t" + why.strip();
    var line = from + " " + to + " " + who.at(world).toExternalString() + message + "\n";
    Files.writeString(file, line, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
