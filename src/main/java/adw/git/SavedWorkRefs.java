package adw.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/// The refs below `refs/adw/`: work that no branch holds. Never overwritten: the next one of the
/// same name gets `-2`, `-3`, ….
final class SavedWorkRefs {
  static final String PREFIX = "refs/adw/";

  private final ObjectStore store;
  private final Refs refs;

  SavedWorkRefs(ObjectStore store, Refs refs) {
    this.store = store;
    this.refs = refs;
  }

  /// The name under which the commit is kept; one that exists already, if it is the same commit.
  String keep(String id, String kind, ObjectId commit) throws IOException, InterruptedException {
    for (var number = 1; ; number++) {
      var name = PREFIX + id + "/" + kind + (number == 1 ? "" : "-" + number);
      var there = store.findRef(name);
      if (there.filter(commit::equals).isPresent()
          || (there.isEmpty() && refs.tryCreate(name, commit, "kept"))) {
        return name;
      }
    }
  }

  List<SavedWorkRef> all() throws IOException {
    var all = new ArrayList<SavedWorkRef>();
    for (var ref : store.jgit().getRefDatabase().getRefsByPrefix(PREFIX)) {
      all.add(read(ref));
    }
    return all;
  }

  private SavedWorkRef read(Ref ref) throws IOException {
    var commit = store.readCommit(ref.getObjectId());
    var path = ref.getName().substring(PREFIX.length());
    var slash = path.indexOf('/');
    return new SavedWorkRef(
        ref.getName(),
        slash < 0 ? path : path.substring(0, slash),
        commit.name(),
        commit.getCommitterIdent().getWhenAsInstant());
  }

  /// False if the ref is another commit by now.
  boolean tryDrop(SavedWorkRef kept) throws IOException, InterruptedException {
    return refs.tryDelete(kept.name(), ObjectId.fromString(kept.commit()));
  }

  Optional<ObjectId> find(String name) throws IOException {
    return store.findRef(name);
  }
}
