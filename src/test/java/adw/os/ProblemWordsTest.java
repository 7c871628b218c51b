package adw.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import adw.os.process.Command;
import adw.os.process.CommandResult;
import adw.os.process.ProgramPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemWordsTest {
  @TempDir Path folder;

  @Test
  void aFileIsNeverNamedWithoutWhatIsWrongWithIt() {
    var problems =
        List.of(
            new NoSuchFileException("/a"),
            new AccessDeniedException("/a"),
            new FileAlreadyExistsException("/a"),
            new DirectoryNotEmptyException("/a"),
            new FileSystemException("/a"),
            new FileSystemException("/a", null, "Disk quota exceeded"));

    assertThat(problems.stream().map(ProblemWords::of))
        .containsExactly(
            "/a: no such file or folder",
            "/a: permission denied",
            "/a: exists already",
            "/a: the folder is not empty",
            "/a: the file system refused it",
            "/a: Disk quota exceeded");
  }

  @Test
  void whatIsWrappedIsSaidAndNotItsWrapping() {
    var inner = new NoSuchFileException("/a");

    assertThat(ProblemWords.of(new UncheckedIOException(inner)))
        .isEqualTo("/a: no such file or folder");
    assertThat(ProblemWords.of(new IOException(null, inner)))
        .isEqualTo("/a: no such file or folder");
    assertThat(ProblemWords.of(new MalformedInputException(1)))
        .isEqualTo("a text is not UTF-8 (save it as UTF-8)");
    assertThat(ProblemWords.of(new IOException(new ExecutionException(new IOException("cut off")))))
        .isEqualTo("cut off");
  }

  @Test
  void aFaultOfOursIsCalledOneAndNamesItsPlace() {
    var fault = catchThrowable(() -> Optional.empty().orElseThrow());

    assertThat(ProblemWords.of(fault))
        .matches("a fault in adw itself at ProblemWordsTest.java:\\d+ \\(please report it\\)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"#!/no/such/shell\n", "#! /no/such/shell -e\nexit 0\n"})
  void aMissingInterpreterIsNamedAndNotTheFileThatIsThere(String script) throws IOException {
    var file = script("hook", script);

    assertThatThrownBy(() -> run(file.toString()))
        .hasMessage(
            file + ": its interpreter /no/such/shell is missing (install it, or mend line 1)");
  }

  @Test
  void aProgramThatMayNotBeStartedIsNamedWithTheCure() throws IOException {
    var file = Files.writeString(folder.resolve("tool"), "#!/bin/sh\n");

    assertThatThrownBy(() -> run(file.toString()))
        .hasMessage(file + ": is not executable (chmod +x " + file + ")");
    assertThatThrownBy(() -> run(folder.toString()))
        .hasMessage(folder + ": is a folder, not a program");
  }

  @Test
  void aFolderOnThePathIsNoProgram() throws IOException {
    Files.createDirectories(folder.resolve("first").resolve("tool"));
    var real = script("second/tool", "#!/bin/sh\n");
    var path = Map.of("PATH", folder.resolve("first") + ":" + folder.resolve("second"));

    assertThat(ProgramPath.find("tool", path)).hasValue(real);
  }

  @Test
  void anEmptyPartOfThePathIsNotTheCurrentFolder() throws IOException {
    script("tool", "#!/bin/sh\n");

    assertThat(ProgramPath.find("tool", folder, Map.of("PATH", ":/no/such:"))).isEmpty();
    assertThat(ProgramPath.find("tool", folder, Map.of("PATH", "."))).isPresent();
  }

  private Path script(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private CommandResult run(String program) throws IOException, InterruptedException {
    return new Command(List.of(program), folder, Map.of(), Duration.ofMinutes(3)).run();
  }
}
