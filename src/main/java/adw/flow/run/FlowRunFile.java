package adw.flow.run;

import adw.flow.definition.CheckedFlow;
import adw.flow.definition.Flow;
import adw.flow.definition.FlowException;
import adw.flow.definition.FlowReader;
import adw.flow.definition.JsonNode;
import adw.flow.definition.PromptFiles;
import adw.json.Json;
import adw.json.JsonException;
import adw.os.DurableFiles;
import adw.os.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// `run.json` of a flow's run, written at its start and at its end: the flow as it was, its
/// arguments and how it ended.
record FlowRunFile(FlowRecordPlace place, Json.Obj json) {
  private static final String DEFINITION = "def";

  static FlowRunFile of(FlowRecordPlace place, Flow flow, Json.Obj args, FlowWorld world) {
    var now = world.time().clock().millis();
    return new FlowRunFile(
        place,
        Json.Obj.empty()
            .with("runId", place.runId())
            .with("flowName", flow.name())
            .with("status", "running")
            .with(DEFINITION, flow.origin().source())
            .with("file", flow.origin().file().map(file -> file.toAbsolutePath().toString()))
            .with("args", args)
            .with("cwd", world.site().directory().toAbsolutePath().toString())
            .with("createdAt", now)
            .with("updatedAt", now));
  }

  static FlowRunFile read(FlowRecordPlace place) throws IOException {
    try {
      return new FlowRunFile(place, Json.parseObject(TextFile.readAny(place.run())));
    } catch (JsonException e) {
      throw new FlowException(place.run() + ": " + e.getMessage(), e);
    }
  }

  /// Replaced as a whole; it survives a power cut.
  void write() throws IOException {
    DurableFiles.replace(place.run(), Json.writePage(json).getBytes(StandardCharsets.UTF_8));
  }

  FlowRunFile runningAt(long millis) {
    return new FlowRunFile(place, json.with("status", "running").with("updatedAt", millis));
  }

  FlowRunFile endedAt(long millis, FlowOutcome ended) {
    return new FlowRunFile(
        place,
        json.with("status", ended.status().name().toLowerCase(Locale.ROOT))
            .with("finalOutput", ended.finalOutput())
            .with("usage", ResultJson.usage(ended.usage()))
            .with("spent", ResultJson.usage(ended.spent()))
            .with("updatedAt", millis));
  }

  Json.Obj args() {
    return json.findObject("args").orElse(Json.Obj.empty());
  }

  /// The flow as it was when the run began; prompts in files are read again.
  CheckedFlow flow() throws IOException {
    var file = json.findText("file").map(Path::of);
    var prompts =
        file.map(Path::toAbsolutePath)
            .map(Path::getParent)
            .<FlowReader.Prompts>map(folder -> new PromptFiles(folder, Optional.empty()))
            .orElse(FlowReader.NO_FILES);
    return FlowReader.of(definition(), file, prompts);
  }

  /// The same without its prompts, for who only looks.
  CheckedFlow outline() throws IOException {
    return FlowReader.of(
        definition(), Optional.empty(), _ -> new FlowReader.Prompts.Text(Optional.of(""), ""));
  }

  private JsonNode definition() {
    return JsonNode.of(json.findObject(DEFINITION).orElse(Json.Obj.empty()));
  }
}
