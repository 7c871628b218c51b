package adw.git.content;

import adw.git.config.UnsupportedException;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// What makes of a blob the file in a worktree, and the other way round.
public record Conversion(Eol eol, boolean ident, Optional<Encoding> encoding) {
  public static final Conversion NONE = new Conversion(Eol.NONE, false, Optional.empty());

  /// No file of any content is other than its blob.
  public boolean isNone() {
    return eol == Eol.NONE && !ident && encoding.isEmpty();
  }

  /// No blob becomes another file.
  public boolean isPlain() {
    return !eol.writesReturns() && !ident && encoding.isEmpty();
  }

  public byte[] toWorktree(byte[] blob, ObjectId id) throws UnsupportedException {
    if (ident && (eol.isAuto() || encoding.isPresent()) && Ident.isIn(blob)) {
      // git has another reading of `$Id$` for files that it holds whole in memory.
      throw new UnsupportedException("$Id$ in a file with text=auto or an encoding");
    }
    var ends = eol.toWorktree(ident ? Ident.toWorktree(blob, id) : blob);
    return encoding.isPresent() ? encoding.get().toWorktree(ends) : ends;
  }

  /// `known` is what the index holds for the file.
  public byte[] toBlob(byte[] file, Eol.Known known) throws IOException, UnsupportedException {
    var text = encoding.isPresent() ? encoding.get().toBlob(file) : file;
    var ends = eol.toBlob(text, known);
    return ident ? Ident.toBlob(ends) : ends;
  }
}
