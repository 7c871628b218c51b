package adw.agent.program;

import adw.agent.Agent;
import adw.agent.AgentCall;
import adw.agent.Answer;
import adw.agent.FailureKind;
import adw.agent.LastMessage;
import adw.agent.output.OutputSoFar;
import adw.os.RandomToken;
import adw.os.process.Command;
import adw.os.process.ProgramPath;
import adw.spend.CostSource;
import adw.spend.Meter;
import adw.spend.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An agent program of this machine, called by its preset.
public final class AgentProgram implements Agent {
  private final Preset preset;
  private final ProgramSettings settings;
  private final SessionTotals totals;

  public AgentProgram(Preset preset, ProgramSettings settings) {
    this.preset = preset;
    this.settings = settings;
    this.totals = new SessionTotals(settings.memory(), preset.name());
  }

  @Override
  public String name() {
    return preset.name();
  }

  @Override
  public boolean holdsTools() {
    return preset.holdsTools();
  }

  @Override
  public boolean canResume() {
    return preset.call().options().containsKey(PresetOption.RESUME);
  }

  @Override
  public Answer run(AgentCall call, Meter meter) throws IOException, InterruptedException {
    var mark = RandomToken.create();
    var environment = environment(call, mark);
    var found = ProgramPath.find(preset.call().argv().getFirst(), call.directory(), environment);
    if (found.isEmpty()) {
      return refused(
          preset.name() + ": '" + preset.call().argv().getFirst() + "' is not installed");
    }
    var scratch = temporary(environment).resolve("adw-" + mark);
    var line = CommandLine.of(preset, call, scratch).withExecutable(found.get());
    if (line.findTooLong().isPresent()) {
      return refused(
          preset.name()
              + ": an argument of 128 KiB or more is more than a program can be given"
              + " (set prompt = \"stdin\" or \"file\")");
    }
    try {
      write(line.files());
      for (var file : line.kept().entrySet()) {
        PromptFolder.write(file.getKey(), file.getValue());
      }
      return work(line, call, environment, meter);
    } finally {
      delete(line.files(), scratch);
    }
  }

  private Answer work(
      CommandLine line, AgentCall call, Map<String, String> environment, Meter meter)
      throws IOException, InterruptedException {
    if (settings.sandbox().isEmpty()) {
      return work(line.argv(), line, call, environment, meter);
    }
    var sandbox =
        settings
            .sandbox()
            .get()
            .allowing(ConfigFolders.of(preset, environment))
            .keeping(line.folders());
    var wrapped = sandbox.tryWrap(line.argv(), call.directory(), environment);
    if (wrapped.isEmpty()) {
      return refused(Bubblewrap.MISSING);
    }
    try {
      return work(wrapped.get(), line, call, environment, meter);
    } finally {
      sandbox.settle(call.directory(), environment);
    }
  }

  private Answer work(
      List<String> argv,
      CommandLine line,
      AgentCall call,
      Map<String, String> environment,
      Meter meter)
      throws IOException, InterruptedException {
    var command =
        new Command(
            argv,
            call.directory(),
            environment,
            call.limits().time(),
            line.input().getBytes(StandardCharsets.UTF_8));
    var account = new Account(call, environment);
    var ending = new ProgramRun(command, preset, call.limits(), account::usage, meter).run();
    return new AnswerJudge(settings.clock().instant(), settings.zone())
        .judge(ending, account.settle(ending.heard()));
  }

  private Map<String, String> environment(AgentCall call, String mark) {
    var environment =
        new HashMap<>(CleanEnvironment.of(call.environment(), preset, settings.root()));
    environment.put(ProgramRun.CALL_MARK, mark);
    return environment;
  }

  private static Path temporary(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("TMPDIR", "/tmp"));
  }

  private static Answer refused(String why) {
    return new Answer.Failed(LastMessage.NOTHING, FailureKind.SETUP, why, Optional.empty());
  }

  private static void write(Map<Path, String> files) throws IOException {
    for (var file : files.entrySet()) {
      Files.createDirectories(file.getKey().resolveSibling("."));
      Files.writeString(file.getKey(), file.getValue());
    }
  }

  private static void delete(Map<Path, String> files, Path scratch) throws IOException {
    for (var file : files.keySet()) {
      Files.deleteIfExists(file);
    }
    if (!files.isEmpty()) {
      Files.deleteIfExists(scratch);
    }
  }

  /// Makes what a program reports into what this call has spent.
  private final class Account {
    private final Usage before;
    private final Optional<String> asked;
    private final boolean plan;

    Account(AgentCall call, Map<String, String> environment) throws IOException {
      var session = call.wishes().session();
      before = session.isPresent() ? totals.read(session.get()) : Usage.NONE;
      asked = call.wishes().model().or(preset.words()::model).map(preset::modelNamed);
      plan = Login.of(preset, environment) instanceof Login.Plan;
    }

    /// Also remembers the session's total for the next call.
    LastMessage settle(OutputSoFar heard) throws IOException {
      if (heard.cost().total().isPresent() && heard.session().isPresent()) {
        totals.write(heard.session().get(), heard.cost().total().get());
      }
      var model = heard.model().or(() -> asked);
      return new LastMessage(
          heard.text(), heard.session(), model, usage(heard), costing(heard), heard.cost().turns());
    }

    /// A total below the last one is of a session that began anew.
    Usage usage(OutputSoFar heard) {
      var own = heard.cost().total().map(total -> difference(total, before)).orElse(heard.usage());
      var usd = plan ? 0.0 : heard.cost().costed() ? own.usd() : priced(own, heard).orElse(0.0);
      return new Usage(own.input(), own.output(), own.cached(), usd, 1);
    }

    private CostSource costing(OutputSoFar heard) {
      if (plan) {
        return CostSource.PLAN;
      }
      if (heard.cost().costed()) {
        return CostSource.REPORTED;
      }
      return priced(heard.usage(), heard).isPresent() ? CostSource.PRICED : CostSource.UNKNOWN;
    }

    private Optional<Double> priced(Usage usage, OutputSoFar heard) {
      var model = heard.model().or(() -> asked);
      return model.flatMap(settings.prices()::find).map(price -> price.of(usage));
    }

    private static Usage difference(Usage total, Usage before) {
      if (total.input() < before.input() || total.output() < before.output()) {
        return total;
      }
      return new Usage(
          total.input() - before.input(),
          total.output() - before.output(),
          Math.max(0, total.cached() - before.cached()),
          Math.max(0, total.usd() - before.usd()),
          0);
    }
  }
}
