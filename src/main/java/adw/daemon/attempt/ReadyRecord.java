package adw.daemon.attempt;

import adw.json.Json;
import adw.json.JsonFile;
import adw.os.NewFolders;
import adw.os.process.Liveness;
import adw.os.process.ProcessIdentity;
import adw.run.StateFolder;
import adw.text.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// `STATE/ready/<id>`: a worktree that is made ahead of its run, so that what a killed daemon
/// leaves of it is found: `{"maker": "4711 …", "worktree": "/…/trees/adw_…", "commit": "…", "tree":
/// "…"}`. It is there before anything is made and goes last; its port is leased as long as it is
/// there.
///
/// @param maker the process; none in a damaged record
/// @param tree the files in it once it is ready; none while it is made, and while it is removed
record ReadyRecord(
    String id,
    Optional<ProcessIdentity> maker,
    Path worktree,
    String commit,
    Optional<String> tree) {
  private static final String NOWHERE = "0".repeat(40);
  private static final Predicate<String> COMMIT =
      Pattern.compile("[0-9a-f]{40}").asMatchPredicate();

  static ReadyRecord making(String id, Path worktree, String commit) {
    var self = Optional.of(ProcessIdentity.self());
    return new ReadyRecord(id, self, worktree, commit, Optional.empty());
  }

  ReadyRecord ready(String at, String files) {
    return new ReadyRecord(id, maker, worktree, at, Optional.of(files));
  }

  /// From now on whatever is left of it is nobody's.
  ReadyRecord going() {
    return new ReadyRecord(id, maker, worktree, commit, Optional.empty());
  }

  /// Nobody who lives looks after it. A damaged one is that of a machine that lost its power.
  boolean isOfTheDead() {
    return maker.isEmpty() || maker.get().judge() == Liveness.DEAD;
  }

  void write(StateFolder state) throws IOException {
    NewFolders.make(state.ready());
    file(state, id)
        .write(
            Json.Obj.empty()
                .with("maker", maker.map(ProcessIdentity::toString))
                .with("worktree", worktree.toString())
                .with("commit", commit)
                .with("tree", tree));
  }

  void delete(StateFolder state) throws IOException {
    file(state, id).delete();
  }

  /// @param worktrees where it is if the record does not say
  static Optional<ReadyRecord> find(StateFolder state, String id, Path worktrees)
      throws IOException {
    return Files.exists(state.ready().resolve(id))
        ? Optional.of(read(state, id, worktrees))
        : Optional.empty();
  }

  private static ReadyRecord read(StateFolder state, String id, Path worktrees) throws IOException {
    var json = file(state, id).read();
    return new ReadyRecord(
        id,
        json.findText("maker").flatMap(ProcessIdentity::parse),
        json.findText("worktree")
            .map(Path::of)
            .filter(folder -> folder.isAbsolute() && folder.endsWith(id)) // nothing else is deleted
            .orElse(worktrees.resolve(id)),
        json.findText("commit").filter(COMMIT).orElse(NOWHERE),
        json.findText("tree"));
  }

  static List<ReadyRecord> all(StateFolder state, Path worktrees) throws IOException {
    var all = new ArrayList<ReadyRecord>();
    try (var files = Files.newDirectoryStream(state.ready())) {
      for (var file : files) {
        var id = file.getFileName().toString();
        if (RunId.isId(id)) {
          all.add(read(state, id, worktrees));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
    return all;
  }

  private static JsonFile file(StateFolder state, String id) {
    return state.json("ready/" + id);
  }
}
