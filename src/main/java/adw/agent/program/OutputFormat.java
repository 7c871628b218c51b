package adw.agent.program;

import adw.agent.output.ClaudeStreamJson;
import adw.agent.output.CodexJsonl;
import adw.agent.output.GeminiStreamJson;
import adw.agent.output.JsonLines;
import adw.agent.output.OpencodeJson;
import adw.agent.output.OutputReader;
import adw.agent.output.PiJson;
import adw.agent.output.PlainOutput;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a program prints what it does.
public enum OutputFormat {
  CLAUDE_STREAM_JSON,
  CODEX_JSONL,
  GEMINI_STREAM_JSON,
  OPENCODE_JSON,
  PI_JSON,
  /// The answer is all that it prints.
  TEXT;

  /// As settings write it: `claude-stream-json`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<OutputFormat> find(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  public OutputReader reader() {
    return switch (this) {
      case CLAUDE_STREAM_JSON -> new JsonLines(new ClaudeStreamJson());
      case CODEX_JSONL -> new JsonLines(new CodexJsonl());
      case GEMINI_STREAM_JSON -> new JsonLines(new GeminiStreamJson());
      case OPENCODE_JSON -> new JsonLines(new OpencodeJson());
      case PI_JSON -> new JsonLines(new PiJson());
      case TEXT -> new PlainOutput();
    };
  }
}
