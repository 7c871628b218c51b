package adw.git.config;

import java.time.Duration;

/// `[worktree] base` ("" = the repository's own) and `fetch`.
public record BaseSettings(String base, boolean fetch, Duration maxAge) {
  public static final BaseSettings DEFAULT = new BaseSettings("", true, Duration.ofMinutes(5));
}
