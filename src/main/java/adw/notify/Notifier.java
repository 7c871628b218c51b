package adw.notify;

import adw.cli.settings.Settings;
import adw.daemon.context.DaemonListener;
import adw.json.Json;
import adw.json.JsonException;
import adw.os.ProblemWords;
import adw.os.process.ChildCustody;
import adw.os.process.Command;
import adw.os.process.ExitStatus;
import adw.run.Run;
import adw.run.RunEvent;
import adw.run.RunStore;
import adw.text.Durations;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the outside what happens (`[notify]`): a command, a web address. One after another, beside
/// the loop, which never waits for it; what fails is logged, and told the first time.
public final class Notifier implements DaemonListener {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final int MOST_WAITING = 1000;
  private static final int OK = 200;
  private static final int NOT_OK = 300;

  private final DaemonListener next;
  private final Settings.Notices settings;
  private final Sources sources;
  private final BlockingQueue<Optional<Notification>> waiting =
      new ArrayBlockingQueue<>(MOST_WAITING);
  private boolean hasFailed;

  /// What it tells of.
  ///
  /// @param root the checkout that holds the task file; commands of people run there
  /// @param summary how the tasks stand, in one line
  public record Sources(
      Path root, Map<String, String> environment, RunStore runs, Supplier<String> summary) {}

  private Notifier(DaemonListener next, Settings.Notices settings, Sources sources) {
    this.next = next;
    this.settings = settings;
    this.sources = sources;
  }

  /// @param next hears everything too
  public static Notifier before(DaemonListener next, Settings.Notices settings, Sources sources) {
    return new Notifier(next, settings, sources);
  }

  /// Tells what there is to tell, beside the loop, until the returned value is closed: what waits
  /// then is still told, for a short while.
  ///
  /// @param custody of the commands that are called
  public Delivery deliver(ChildCustody custody) {
    if (settings.isEmpty()) {
      return () -> {};
    }
    var thread = Thread.ofPlatform().daemon().name("notify").unstarted(() -> deliverAll(custody));
    thread.start();
    return () -> end(thread);
  }

  /// Closed by whoever began it.
  public interface Delivery extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public void happened(RunEvent event) {
    next.happened(event);
    if (!settings.isEmpty()) {
      find(event.run()).flatMap(run -> Notification.find(event, run)).ifPresent(this::add);
    }
  }

  @Override
  public void noticed(String notice) {
    next.noticed(notice);
  }

  @Override
  public void rested() {
    next.rested();
    if (!settings.isEmpty()) {
      add(Notification.idle(sources.summary().get()));
    }
  }

  /// A record that cannot be read now has nothing to tell.
  private Optional<Run> find(String id) {
    try {
      return sources.runs().find(id);
    } catch (IOException | JsonException e) {
      LOG.warn("{}: nobody is told of it", id, e);
      return Optional.empty();
    }
  }

  private void add(Notification news) {
    if (!settings.isEmpty() && !waiting.offer(Optional.of(news))) {
      LOG.warn("too much to tell: {} is left out", news.text());
    }
  }

  private void deliverAll(ChildCustody custody) {
    try {
      for (var news = waiting.take(); news.isPresent(); news = waiting.take()) {
        deliver(news.get(), custody);
      }
    } catch (InterruptedException e) {
      LOG.info("left with {} things untold", waiting.size());
    }
  }

  private void deliver(Notification news, ChildCustody custody) throws InterruptedException {
    if (!settings.command().isEmpty()) {
      take(told -> call(told, custody), news);
    }
    if (!settings.webhook().isEmpty()) {
      take(this::post, news);
    }
  }

  private interface Way {
    void take(Notification news) throws IOException, InterruptedException;
  }

  private void take(Way way, Notification news) throws InterruptedException {
    try {
      way.take(news);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("notify: {}: {}", news.text(), ProblemWords.of(e));
      if (!hasFailed) {
        next.noticed("notify: " + ProblemWords.of(e) + " (mend [notify] in adw.toml)");
      }
      hasFailed = true;
    }
  }

  /// The facts come as JSON on its standard input and in `ADW_NEWS_…`; no shell reads them.
  private void call(Notification news, ChildCustody custody)
      throws IOException, InterruptedException {
    var environment = new HashMap<>(sources.environment());
    news.facts()
        .forEach(
            (name, value) -> environment.put("ADW_NEWS_" + name.toUpperCase(Locale.ROOT), value));
    var input = (json(news).write() + "\n").getBytes(StandardCharsets.UTF_8);
    var command = new Command(settings.command(), sources.root(), environment, LIMIT, input);
    var ended = custody.run(command);
    switch (ended.status()) {
      case ExitStatus.Exited(var code) when code == 0 -> {}
      case ExitStatus.Exited(var code) ->
          throw new IOException(settings.command().getFirst() + ": exit code " + code);
      case ExitStatus.TimedOut _, ExitStatus.Stopped _ ->
          throw new IOException(
              settings.command().getFirst() + ": no end after " + Durations.typed(LIMIT));
    }
  }

  private Json.Obj json(Notification news) {
    return news.toJson().with("repository", sources.root().toString());
  }

  /// The address may hold a secret: it is never told.
  private void post(Notification news) throws IOException, InterruptedException {
    try (var client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      var request =
          HttpRequest.newBuilder(URI.create(settings.webhook()))
              .timeout(LIMIT)
              .header("Content-Type", "application/json; charset=utf-8")
              .POST(HttpRequest.BodyPublishers.ofString(json(news).write()))
              .build();
      var code = client.send(request, BodyHandlers.discarding()).statusCode();
      if (code < OK || code >= NOT_OK) {
        throw new IOException("the webhook answers " + code);
      }
    }
  }

  private void end(Thread thread) {
    try {
      if (waiting.offer(Optional.empty())) {
        thread.join(LAST_WORDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
