package adw.daemon.context;

import adw.git.FileGitState;
import adw.git.Repository;
import adw.task.file.GitView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// What git may have to do with a change of the task file, told to package `task`.
public final class GitFileView implements GitView {
  private static final Set<String> UNFINISHED = Set.of("merge", "rebase", "cherry-pick", "revert");

  private final Repository repository;
  private final Path file;
  private final Optional<String> home;

  public GitFileView(Repository repository, Path file) {
    this.repository = repository;
    this.file = file;
    this.home = repository.startBranch();
  }

  private FileGitState moment() {
    try {
      return repository.moment(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isTracked() {
    try {
      return repository.isTracked(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String position() {
    var moment = moment();
    return moment.branch().orElse("") + " " + moment.commit().orElse("") + " " + moment.entry();
  }

  @Override
  public boolean isWriting() {
    return Files.exists(repository.place().gitDir().resolve("index.lock"));
  }

  @Override
  public boolean isMerging() {
    return moment().doing().filter(UNFINISHED::contains).isPresent();
  }

  @Override
  public boolean isStored(byte[] bytes) {
    try {
      return repository.holds(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isHome() {
    return moment().branch().equals(home);
  }
}
