package adw.agent.program;

import adw.json.Json;
import adw.json.JsonException;
import adw.os.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who pays for a program's model, as far as its variables and files tell.
public sealed interface Login {
  /// A key in this variable or file.
  record Key(String where) implements Login {}

  /// A subscription or an account without a price for each call.
  record Plan(String name) implements Login {}

  /// Logged in, but how it is paid cannot be told.
  record Account() implements Login {}

  record Nobody() implements Login {}

  record Unknown() implements Login {}

  /// For people: `key in ANTHROPIC_API_KEY`, `plan max`.
  default String words() {
    return switch (this) {
      case Key(var where) -> "key in " + where;
      case Plan(var name) -> "plan " + name;
      case Account() -> "logged in";
      case Nobody() -> "not logged in";
      case Unknown() -> "unknown";
    };
  }

  static Login of(Preset preset, Map<String, String> environment) throws IOException {
    var folders = ConfigFolders.of(preset, environment);
    return switch (preset.kin().orElse("")) {
      case "claude" -> claude(environment, folders);
      case "codex" -> codex(environment, folders);
      case "gemini" -> gemini(environment, folders);
      case "opencode" -> anyKey(folders.first().resolve("auth.json"));
      case "pi" -> anyKey(folders.first().resolve("auth.json"));
      case "qwen" -> qwen(environment, folders);
      default -> new Unknown();
    };
  }

  /// A key comes before a subscription, as in the program itself when nobody is there to ask.
  private static Login claude(Map<String, String> environment, ConfigFolders folders)
      throws IOException {
    var key =
        findKey(
            environment,
            "ANTHROPIC_API_KEY",
            "ANTHROPIC_AUTH_TOKEN",
            "CLAUDE_CODE_USE_BEDROCK",
            "CLAUDE_CODE_USE_VERTEX",
            "CLAUDE_CODE_USE_FOUNDRY");
    if (key.isPresent()) {
      return key.get();
    }
    if (environment.containsKey("CLAUDE_CODE_OAUTH_TOKEN")) {
      return new Plan("of CLAUDE_CODE_OAUTH_TOKEN");
    }
    return find(folders.first().resolve(".credentials.json"))
        .flatMap(file -> file.findObject("claudeAiOauth"))
        .<Login>map(oauth -> new Plan(oauth.findText("subscriptionType").orElse("claude.ai")))
        .orElse(new Unknown()); // a key chain, or a helper named in its settings
  }

  private static Login codex(Map<String, String> environment, ConfigFolders folders)
      throws IOException {
    var key = findKey(environment, "CODEX_API_KEY");
    if (key.isPresent()) {
      return key.get();
    }
    var file = find(folders.first().resolve("auth.json"));
    if (file.isEmpty()) {
      var isCustom = Files.exists(folders.first().resolve("config.toml"));
      return isCustom ? new Unknown() : new Nobody();
    }
    return file.get().findText("OPENAI_API_KEY").isPresent()
        ? new Key("auth.json")
        : new Plan("chatgpt");
  }

  private static Login gemini(Map<String, String> environment, ConfigFolders folders)
      throws IOException {
    var key = findKey(environment, "GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_GENAI_USE_VERTEXAI");
    if (key.isPresent()) {
      return key.get();
    }
    var isThere = Files.exists(folders.first().resolve("oauth_creds.json"));
    return isThere ? new Plan("google account") : new Unknown();
  }

  private static Login qwen(Map<String, String> environment, ConfigFolders folders) {
    var key = findKey(environment, "OPENAI_API_KEY", "DASHSCOPE_API_KEY");
    if (key.isPresent()) {
      return key.get();
    }
    var isThere = Files.exists(folders.first().resolve("oauth_creds.json"));
    return isThere ? new Plan("qwen account") : new Unknown();
  }

  /// Programs for many providers: one login is enough, and which one a call uses is not known.
  private static Login anyKey(Path file) throws IOException {
    return find(file).filter(logins -> !logins.members().isEmpty()).isPresent()
        ? new Account()
        : new Unknown();
  }

  private static Optional<Login> findKey(Map<String, String> environment, String... variables) {
    return List.of(variables).stream()
        .filter(name -> !environment.getOrDefault(name, "").isEmpty())
        .findFirst()
        .map(Key::new);
  }

  /// Nothing for a file that is not there or cannot be understood: it is another program's.
  private static Optional<Json.Obj> find(Path file) throws IOException {
    try {
      return Files.isReadable(file)
          ? Optional.of(Json.parseObject(TextFile.readAny(file)))
          : Optional.empty();
    } catch (JsonException _) {
      return Optional.empty();
    }
  }
}
