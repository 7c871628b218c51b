package adw.flow.run;

import adw.json.Json;
import adw.spend.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The stub agent of the conformance cases, in this process: directives in the prompt say what it
/// does, without one it answers the prompt.
public final class StubPlayer implements PhaseCaller {
  private static final Pattern DIRECTIVE = Pattern.compile("<<(\\w+)(?:[ \\t]+([\\s\\S]*?))?>>");
  private static final Pattern COUNTER = Pattern.compile("#([A-Za-z0-9-]+)#");

  private final Map<String, AtomicInteger> counters = new ConcurrentHashMap<>();
  private final List<String> prompts = new CopyOnWriteArrayList<>();

  /// The prompts of the calls since the last time, sorted.
  public List<String> takePrompts() {
    var taken = prompts.stream().sorted().toList();
    prompts.clear();
    return taken;
  }

  @Override
  public Reply play(Ask ask, Watch watch) throws InterruptedException {
    prompts.add(ask.prompt());
    return new Answering(ask).answer();
  }

  private int next(String key) {
    return counters.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
  }

  /// One call.
  private final class Answering {
    private final Ask ask;
    private final List<String> said = new ArrayList<>();
    private Usage usage = new Usage(10, 5, 0, 0.001, 1);
    private Optional<String> failure = Optional.empty();
    private Optional<String> partial = Optional.empty();
    private Optional<String> killed = Optional.empty();
    private Optional<Integer> exit = Optional.empty();
    private String stderr = "";
    private long sleep;
    private boolean hangs;

    Answering(Ask ask) {
      this.ask = ask;
    }

    Reply answer() throws InterruptedException {
      var found = DIRECTIVE.matcher(ask.prompt());
      var rest = new StringBuilder();
      while (found.find()) {
        var text = found.group(2) == null ? "" : found.group(2);
        obey(found.group(1), text);
        found.appendReplacement(rest, "");
      }
      found.appendTail(rest);
      if (hangs) {
        new CountDownLatch(1).await();
      }
      Thread.sleep(sleep);
      return reply(rest.toString().strip());
    }

    private Reply reply(String rest) {
      var silent = new Usage(0, 0, 0, 0, 1);
      var partly = partial.isPresent() ? usage : silent;
      if (killed.isPresent()) {
        return failed("Subagent killed by signal " + killed.get(), partly);
      }
      if (exit.isPresent() && exit.get() == 0) {
        return new Reply.Said(partial.orElse(""), partly, Optional.empty());
      }
      if (exit.isPresent()) {
        var silence = "Subagent exited with code " + exit.get() + " (stopReason: unknown)";
        return failed(stderr.isEmpty() ? partial.orElse(silence) : stderr, partly);
      }
      if (failure.isPresent()) {
        return failed(failure.get(), usage);
      }
      return new Reply.Said(
          said.isEmpty() ? rest : String.join("\n", said), usage, Optional.empty());
    }

    private Reply failed(String message, Usage spent) {
      return new Reply.Failed(message, spent, Again.AS_WORDED, Optional.empty());
    }

    private void obey(String name, String text) {
      switch (name) {
        case "say" -> said.add(unescape(text));
        case "seq" -> said.add(sequence(text));
        case "fail" -> failure = Optional.of(text.isEmpty() ? "boom" : text);
        case "failn" -> {
          var parts = text.split("\\s+", 3);
          if (next(parts[1]) <= Integer.parseInt(parts[0])) {
            failure = Optional.of(parts.length > 2 ? parts[2] : "boom");
          }
        }
        case "failafter" -> {
          var parts = text.split("\\s+", 3);
          if (next(parts[1]) > Integer.parseInt(parts[0])) {
            failure = Optional.of(parts.length > 2 ? parts[2] : "boom");
          }
        }
        case "exit" -> {
          var parts = text.split("\\s+", 2);
          exit = Optional.of(Integer.parseInt(parts[0]));
          stderr = parts.length > 1 ? parts[1] : "";
        }
        case "sleep" -> sleep = Long.parseLong(text);
        case "usage" -> {
          var parts = text.strip().split("\\s+");
          var cost = parts.length > 2 ? Double.parseDouble(parts[2]) : 0;
          usage = new Usage(Long.parseLong(parts[0]), Long.parseLong(parts[1]), 0, cost, 1);
        }
        case "kill" -> killed = Optional.of(text.isBlank() ? "SIGKILL" : text.strip());
        case "hang" -> hangs = true;
        case "partial" -> partial = Optional.of(unescape(text));
        case "args" -> said.add(arguments());
        default -> {}
      }
    }

    private String sequence(String text) {
      var parts = text.split("\\s+", 2);
      var answers = parts[1].split("\\|", -1);
      return unescape(answers[Math.min(next(parts[0]), answers.length) - 1]);
    }

    private String unescape(String text) {
      var plain = text.replace("\\n", "\n").replace("\\t", "\t");
      return COUNTER
          .matcher(plain)
          .replaceAll(found -> Matcher.quoteReplacement(String.valueOf(next(found.group(1)))));
    }

    private String arguments() {
      return Json.Obj.empty()
          .with("agent", ask.role().name())
          .with("model", orNull(ask.wishes().model()))
          .with("thinking", orNull(ask.wishes().thinking()))
          .with("tools", orNull(ask.wishes().tools().map(tools -> String.join(",", tools))))
          .with("cwd", String.valueOf(ask.place().directory().getFileName()))
          .write();
    }

    private static Json orNull(Optional<String> text) {
      return text.<Json>map(Json.Str::new).orElse(new Json.Null());
    }
  }
}
