package adw.cli.command;

import static java.util.stream.Collectors.joining;

import adw.agent.AgentException;
import adw.agent.program.InstalledAgents;
import adw.agent.program.Login;
import adw.agent.program.Presets;
import adw.cli.console.Caller;
import adw.cli.project.Project;
import adw.cli.project.ProjectAgents;
import adw.daemon.KeepAwake;
import adw.daemon.attempt.AheadNote;
import adw.daemon.attempt.SetUpAhead;
import adw.git.Repository;
import adw.git.config.GitEnvironment;
import adw.os.Disk;
import adw.os.LockFile;
import adw.os.NameExchange;
import adw.os.process.Command;
import adw.os.process.ProgramPath;
import adw.status.RepositoryStatus;
import adw.text.Durations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `adw doctor` looks at. Each answer says what is there, or what is missing and the cure.
final class DoctorChecks {
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);
  private static final int FEW_WATCHES = 8192;

  /// @param cure empty: all is well
  record Answer(String about, String finding, Optional<String> cure) {
    static Answer ok(String about, String finding) {
      return new Answer(about, finding, Optional.empty());
    }

    static Answer bad(String about, String finding, String cure) {
      return new Answer(about, finding, Optional.of(cure));
    }
  }

  private final Project project;
  private final Caller caller;
  private final List<Answer> answers = new ArrayList<>();

  private DoctorChecks(Project project, Caller caller) {
    this.project = project;
    this.caller = caller;
  }

  static List<Answer> of(Project project, Caller caller) throws IOException, InterruptedException {
    return new DoctorChecks(project, caller).run();
  }

  private List<Answer> run() throws IOException, InterruptedException {
    project.state().createRoot();
    java();
    git();
    repository();
    supervisor();
    exchange();
    locks();
    clock();
    watches();
    disk();
    agents();
    awake();
    notices();
    leftovers();
    findings();
    return answers;
  }

  private void java() {
    answers.add(Answer.ok("java", Runtime.version() + ", " + System.getProperty("java.home", "")));
  }

  private void git() throws IOException, InterruptedException {
    var version = firstLine("git", "--version");
    answers.add(
        version.isPresent()
            ? Answer.ok("git program", version.get())
            : Answer.bad(
                "git program", "not on the PATH", "install git: its settings are read through it"));
  }

  private static Answer identity(Repository repository) throws IOException {
    return repository
        .findAuthor()
        .map(author -> Answer.ok("git identity", author))
        .orElse(
            Answer.bad(
                "git identity",
                "git has no name for you, commits are by adw <adw@localhost>",
                "git config --global user.name NAME; git config --global user.email EMAIL"));
  }

  private void repository() throws IOException {
    var surroundings = new GitEnvironment(caller.environment(), caller.clock());
    try (var repository = Repository.open(project.root(), surroundings)) {
      answers.add(identity(repository));
      var fitness = repository.fitness();
      answers.add(
          Answer.ok(
              "git features",
              fitness.isOwn()
                  ? "worktrees are made without the git program"
                  : "worktrees are made by the git program: "
                      + String.join(", ", fitness.reasons())));
      answers.add(ahead(repository, fitness.isOwn()));
      var kept = repository.keptWork().size();
      answers.add(
          Answer.ok(
              "kept work",
              kept == 0 ? "none" : kept + " refs under refs/adw (adw clean --saved 30d)"));
    }
  }

  private Answer ahead(Repository repository, boolean isOwn) throws IOException {
    var about = "ready worktrees";
    var settings = project.settings().loop().worktrees();
    var off = AheadNote.find(project.state());
    if (off.isPresent()) {
      return Answer.bad(about, off.get(), "mend that, then start adw run again");
    }
    if (settings.ahead().ready() == 0) {
      return Answer.ok(about, "none is made ahead: [worktree] ready = 0");
    }
    if (!isOwn) {
      return Answer.ok(about, "none is made ahead, since the git program makes them here");
    }
    var obstacle = SetUpAhead.findObstacle(settings, project.root(), hindrance(repository));
    var setUp =
        obstacle.isEmpty()
            ? "set-up is done in it before a task wants it"
            : "set-up waits for the task: " + obstacle.get();
    return Answer.ok(
        about,
        "adw run keeps %d ready and removes what nobody used for 30 minutes; %s"
            .formatted(settings.ahead().ready(), setUp));
  }

  private Optional<SetUpAhead.Hindrance> hindrance(Repository repository) throws IOException {
    if (project.sandbox().isPresent()) {
      return Optional.of(SetUpAhead.Hindrance.SANDBOX);
    }
    return repository.hasCheckoutHook()
        ? Optional.of(SetUpAhead.Hindrance.CHECKOUT_HOOK)
        : Optional.empty();
  }

  private void supervisor() {
    var has = find("setsid").or(() -> find("perl"));
    answers.add(
        has.isPresent()
            ? Answer.ok("supervisor", has.get().toString())
            : Answer.bad(
                "supervisor",
                "neither setsid nor perl",
                "install util-linux: runs must outlive adw"));
  }

  private void exchange() throws IOException {
    var folder = project.taskFile().getParent();
    var isSame = Files.getFileStore(folder).equals(Files.getFileStore(project.state().root()));
    if (NameExchange.isSupported(project.state().root()) && isSame) {
      answers.add(
          Answer.ok("task file", "names can be exchanged: a save made in the same moment is kept"));
    } else {
      answers.add(
          Answer.bad(
              "task file",
              isSame
                  ? "this file system cannot exchange two names"
                  : "lies on another file system than the records",
              "works, but a save made in the very moment of ours may be lost"));
    }
  }

  private void locks() throws IOException {
    try (var lock =
        LockFile.open(project.state().root().resolve("doctor.lock")).tryLock().orElse(null)) {
      answers.add(
          lock != null
              ? Answer.ok("locks", "work here")
              : Answer.bad(
                  "locks",
                  "a fresh lock cannot be taken",
                  "is it a network file system without a lock daemon?"));
    }
  }

  private void clock() throws IOException {
    var file = Files.createTempFile(project.state().root(), "doctor", "");
    try {
      var apart =
          Duration.between(Files.getLastModifiedTime(file).toInstant(), caller.clock().instant())
              .abs();
      answers.add(
          apart.compareTo(CLOCK_SLACK) <= 0
              ? Answer.ok("clock", "file system and system agree")
              : Answer.bad(
                  "clock",
                  "file system and system are " + Durations.words(apart) + " apart",
                  "set the clock (NTP), also on the file server"));
    } finally {
      Files.delete(file);
    }
  }

  private void watches() throws IOException {
    var limit = Path.of("/proc/sys/fs/inotify/max_user_watches");
    if (!Files.isReadable(limit)) {
      return;
    }
    var most = readNumber(limit);
    answers.add(
        most >= FEW_WATCHES
            ? Answer.ok("watching", most + " watches allowed")
            : Answer.bad(
                "watching",
                "only " + most + " watches allowed",
                "sudo sysctl fs.inotify.max_user_watches=65536; until then saves are seen by"
                    + " polling"));
  }

  /// In one read: the kernel gives such a file from its beginning only.
  private static long readNumber(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return Long.parseLong(new String(in.readNBytes(64), StandardCharsets.UTF_8).strip());
    }
  }

  private void disk() throws IOException {
    var free = Disk.freeBytes(project.root());
    var words = free / (1 << 20) + " MiB free";
    var least = project.settings().loop().worktrees().minFree();
    answers.add(
        free >= least
            ? Answer.ok("disk", words)
            : Answer.bad(
                "disk",
                words + ", nothing starts below " + least / (1 << 20) + " MiB",
                "make room, or lower [worktree] min_free"));
  }

  private void agents() throws IOException, InterruptedException {
    try {
      var agents = new ProjectAgents(project, caller);
      var installed =
          agents.roster().list().stream().filter(one -> one.executable().isPresent()).toList();
      answers.add(agents(agents.findDefault(), installed));
    } catch (AgentException e) {
      answers.add(Answer.bad("agents", String.valueOf(e.getMessage()), "mend adw.toml"));
    }
  }

  private static Answer agents(Optional<String> standard, List<InstalledAgents.Listed> installed) {
    if (standard.isEmpty()) {
      return Answer.bad(
          "agents",
          "none of " + String.join(", ", Presets.PREFERRED) + " is on the PATH",
          "install one, or set [agents.NAME] argv in adw.toml; tasks tagged #sh need none");
    }
    var name = standard.get();
    var chosen = installed.stream().filter(one -> one.preset().name().equals(name)).findFirst();
    if (chosen.isEmpty()) {
      return Answer.bad(
          "agents", name + ", the default, is not installed", "install it, or [agent] default");
    }
    if (chosen.get().login() instanceof Login.Nobody) {
      return Answer.bad("agents", name + ", the default, is not logged in", "start it and log in");
    }
    return Answer.ok("agents", installed.stream().map(DoctorChecks::words).collect(joining(", ")));
  }

  private static String words(InstalledAgents.Listed agent) {
    var name = agent.preset().name();
    return agent.login() instanceof Login.Unknown
        ? name
        : name + " (" + agent.login().words() + ")";
  }

  /// What dead processes left: runs that nobody looks after, a lock that keeps git from working.
  private void leftovers() throws IOException {
    var lock = project.commonDir().resolve("index.lock");
    var open = project.runs().openIds().size();
    var isWatched = !RepositoryStatus.daemons(project.state().daemons()).isEmpty();
    if (open > 0 && !isWatched) {
      answers.add(
          Answer.bad(
              "leftovers",
              open + " runs of an adw run that has gone",
              "adw run goes on with them, adw stop ends them"));
    } else if (Files.exists(lock)) {
      answers.add(
          Answer.bad("leftovers", lock + ": git is at work, or has died", "none runs? rm it"));
    } else {
      answers.add(Answer.ok("leftovers", "none"));
    }
  }

  private void findings() throws IOException {
    if (!Files.exists(project.taskFile())) {
      answers.add(Answer.ok("tasks", "no " + project.taskFileName() + " yet (adw init)"));
      return;
    }
    var errors = CheckCommand.findings(project, caller).stream().filter(CheckCommand.Line::isError);
    var count = errors.count();
    answers.add(
        count == 0
            ? Answer.ok("tasks", project.taskFileName() + ", flows and settings can be read")
            : Answer.bad("tasks", count + " to mend in tasks and flows", "adw check tells them"));
  }

  private void awake() {
    if (project.settings().loop().trigger().keepAwake()) {
      var program = KeepAwake.findProgram(caller.environment());
      answers.add(
          program.isPresent()
              ? Answer.ok("keep_awake", program.get().toString())
              : Answer.bad(
                  "keep_awake",
                  "neither systemd-inhibit nor caffeinate: the machine may fall asleep",
                  "install one, or keep_awake = false"));
    }
  }

  private void notices() {
    var command = project.settings().notices().command();
    if (!command.isEmpty()) {
      var program = find(command.getFirst());
      answers.add(
          program.isPresent()
              ? Answer.ok("notify", program.get().toString())
              : Answer.bad(
                  "notify",
                  command.getFirst() + " is no program on the PATH",
                  "mend [notify] command"));
    }
  }

  private Optional<Path> find(String program) {
    return ProgramPath.find(program, caller.environment());
  }

  private Optional<String> firstLine(String... argv) throws IOException, InterruptedException {
    if (find(argv[0]).isEmpty()) {
      return Optional.empty();
    }
    var command =
        new Command(List.of(argv), project.root(), caller.environment(), Duration.ofSeconds(10));
    return command.run().outText().lines().findFirst();
  }
}
