package adw.git;

import java.io.IOException;
import org.eclipse.jgit.errors.ObjectWritingException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/// Writes an object once more if that failed: `git gc` removes folders of objects that are empty,
/// also one that was made for this object just now, and JGit tries only twice.
final class RetryingInserter extends ObjectInserter.Filter {
  private static final int TRIES = 10;

  private final ObjectInserter inserter;

  RetryingInserter(ObjectInserter inserter) {
    this.inserter = inserter;
  }

  @Override
  protected ObjectInserter delegate() {
    return inserter;
  }

  @Override
  public ObjectId insert(int type, byte[] data, int offset, int length) throws IOException {
    for (var left = TRIES; ; left--) {
      try {
        return inserter.insert(type, data, offset, length);
      } catch (ObjectWritingException e) {
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  @Override
  public ObjectId insert(int type, byte[] data) throws IOException {
    return insert(type, data, 0, data.length);
  }
}
