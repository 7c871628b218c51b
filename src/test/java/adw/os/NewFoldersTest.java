package adw.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFoldersTest {
  @TempDir Path folder;

  @Test
  void aFolderIsMadeOnce() throws IOException {
    assertThat(NewFolders.make(folder.resolve("a"))).isDirectory();
    assertThat(NewFolders.make(folder.resolve("a"))).isDirectory();
    assertThat(NewFolders.makeBelow(folder, folder.resolve("a/b/c"))).isDirectory();
  }

  @Test
  void nothingIsMadeWhereTheUpperFolderIsNotThere() {
    var gone = folder.resolve("gone");

    assertThatThrownBy(() -> NewFolders.make(gone.resolve("a")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> NewFolders.makeBelow(gone, gone.resolve("a/b")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(gone).doesNotExist();
  }

  @Test
  void aFileInItsPlaceIsNoFolder() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> NewFolders.make(file)).isInstanceOf(FileAlreadyExistsException.class);
  }
}
