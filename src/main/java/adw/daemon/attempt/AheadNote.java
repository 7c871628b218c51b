package adw.daemon.attempt;

import adw.json.Json;
import adw.json.JsonFile;
import adw.os.process.Liveness;
import adw.os.process.ProcessIdentity;
import adw.run.StateFolder;
import java.io.IOException;
import java.util.Optional;

/// Why a daemon that lives makes nothing ahead any more, for whoever asks: `STATE/ahead.json`:
/// `{"maker": "4711 …", "why": "…"}`.
public final class AheadNote {
  private AheadNote() {}

  static void write(StateFolder state, String why) throws IOException {
    var self = ProcessIdentity.self().toString();
    file(state).write(Json.Obj.empty().with("maker", self).with("why", why));
  }

  static void delete(StateFolder state) throws IOException {
    file(state).delete();
  }

  public static Optional<String> find(StateFolder state) throws IOException {
    var note = file(state).read();
    var maker = note.findText("maker").flatMap(ProcessIdentity::parse);
    return maker.filter(who -> who.judge() != Liveness.DEAD).flatMap(_ -> note.findText("why"));
  }

  private static JsonFile file(StateFolder state) {
    return state.json("ahead.json");
  }
}
