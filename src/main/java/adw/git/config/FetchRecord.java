package adw.git.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.os.NewFolders;
import adw.os.TextFile;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// When one branch of a remote was last asked for, and what came of it: two small files below
/// `adw/fetches/` of the repository, `origin%2Fdev` and `origin%2Fdev.failed` with the reason. A
/// time that is still to come, of a clock that was set back, tells nothing.
public final class FetchRecord {
  private static final int LONGEST_NAME = 200;

  private final Path commonDir;
  private final String branch;

  /// @param branch `origin/dev`
  public FetchRecord(Path commonDir, String branch) {
    this.commonDir = commonDir;
    this.branch = branch;
  }

  public Optional<Instant> findSuccess(Instant now) throws IOException {
    return timeOf(success()).filter(time -> !time.isAfter(now));
  }

  /// Why it failed, if that was not before `oldest`.
  public Optional<String> findFailure(Instant oldest, Instant now) throws IOException {
    var time = timeOf(failure()).filter(at -> !at.isBefore(oldest) && !at.isAfter(now));
    return time.isPresent() ? Optional.of(TextFile.readAny(failure())) : Optional.empty();
  }

  /// When a person's own fetch brought that branch, as `FETCH_HEAD` has it: `1a2b… not-for-merge
  /// branch 'dev' of https://example.org/repo`.
  public Optional<Instant> findOwnFetch(RemoteBranch wanted, String url, Instant now)
      throws IOException {
    var file = commonDir.resolve("FETCH_HEAD");
    var time = timeOf(file).filter(at -> !at.isAfter(now));
    if (time.isEmpty()) {
      return Optional.empty();
    }
    var line = "\tbranch '" + wanted.name() + "' of " + url.replaceFirst("/*(\\.git)?/*$", "");
    try (var lines = TextFile.reader(file)) {
      return lines.lines().anyMatch(each -> each.endsWith(line)) ? time : Optional.empty();
    }
  }

  public void succeeded(Instant now) throws IOException {
    write(success(), "", now);
    Files.deleteIfExists(failure());
  }

  public void failed(String why, Instant now) throws IOException {
    write(failure(), why, now);
  }

  private void write(Path file, String text, Instant now) throws IOException {
    NewFolders.makeBelow(commonDir, file.resolveSibling(""));
    Files.writeString(file, text, UTF_8);
    Files.setLastModifiedTime(file, FileTime.from(now));
  }

  private static Optional<Instant> timeOf(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(Files.getLastModifiedTime(file).toInstant())
        : Optional.empty();
  }

  private Path success() {
    var name = URLEncoder.encode(branch, UTF_8);
    return commonDir
        .resolve("adw")
        .resolve("fetches")
        .resolve(name.length() <= LONGEST_NAME ? name : shortened(branch));
  }

  private static String shortened(String branch) {
    return UUID.nameUUIDFromBytes(branch.getBytes(UTF_8)).toString();
  }

  private Path failure() {
    var success = success();
    return success.resolveSibling(success.getFileName() + ".failed");
  }
}
