package adw.daemon;

import adw.run.Json;
import adw.run.Outcome;
import adw.run.Run;
import adw.run.Stage;
import adw.task.Document;
import adw.task.Edit;
import adw.task.Mark;
import adw.task.Session;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Starts the next attempt of a task whose last one failed: a run of its own, fresh from the base,
/// on a branch of its own, on the same line.
final class NextAttempt {
  private final Site site;
  private final Runner runner;
  private final String daemon;

  NextAttempt(Site site, Runner runner, String daemon) {
    this.site = site;
    this.runner = runner;
    this.daemon = daemon;
  }

  /// The document after it. A crash in between leaves either the failed run waiting, or its
  /// successor on the line; never both, never neither.
  Document start(Session session, Document document, Run failed)
      throws IOException, InterruptedException {
    var task = document.findById(failed.id());
    if (task.isEmpty()) {
      end(failed, Optional.empty()); // its line is gone, or its successor is there already
      return document;
    }
    var next = record(failed);
    var edit = new Edit.Rewrite(task.get(), new Mark.Running(next.id()), Optional.empty());
    var written = session.write(List.of(edit));
    end(failed, Optional.of(next.id()));
    site.happened(next, "claimed", "retry of", failed.id());
    runner.start(next);
    return written;
  }

  private Run record(Run failed) throws IOException {
    var id = site.runs().newId(site.world().random());
    var next =
        Run.claimed(id, failed.lineage().next(), failed.order(), daemon, site.now())
            .with(ofTheLine(failed));
    site.runs().write(next);
    site.runs().open(id);
    site.runs().takeSlot(id);
    return next;
  }

  /// The line's marker as its author typed it, and the budget that it shares with its group.
  private static Json.Obj ofTheLine(Run failed) {
    var typed = Json.Obj.empty().with("marker", failed.unknown().findText("marker"));
    return failed.unknown().findObject("group").map(g -> typed.with("group", g)).orElse(typed);
  }

  private void end(Run failed, Optional<String> next) throws IOException {
    var outcome = new Outcome.Failed(Outcome.Why.WORKFLOW, Waits.waitOf(failed).message());
    var linked = next.map(id -> failed.with(failed.unknown().with("next", id))).orElse(failed);
    site.runs().write(linked.at(new Stage.Ended(outcome, next.isPresent())).endedAt(site.now()));
    site.runs().close(failed.id());
  }
}
