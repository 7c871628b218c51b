package adw.cli.flow;

import adw.cli.console.Console;
import adw.cli.console.ExitCode;
import adw.flow.definition.Flow;
import adw.flow.definition.FlowFolders;
import adw.json.Json;
import adw.text.PlainText;
import adw.text.TextWidth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "the flows that a tag or adw flow run can name")
public final class FlowList extends FlowCommand {
  @Option(names = "--json", description = "the same as one JSON object")
  boolean json;

  @Override
  public ExitCode run(Console console) throws IOException {
    var finder = FlowFinder.find(console);
    var all = new ArrayList<Json>();
    for (var entry : finder.shelf().flows().list()) {
      all.add(toJson(entry));
      if (!json) {
        var about = entry.flow().flow().flatMap(Flow::description).orElse("");
        var wrong = entry.flow().stops() ? "invalid: adw flow verify " + entry.name() : about;
        console.print(TextWidth.fit(entry.name(), 24) + " " + PlainText.line(wrong));
      }
    }
    if (json) {
      console.print(Json.Obj.empty().with("flows", new Json.Arr(all)));
    }
    return ExitCode.DONE;
  }

  private static Json toJson(FlowFolders.Entry entry) {
    return Json.Obj.empty()
        .with("name", entry.name())
        .with("file", entry.file().map(Path::toString))
        .with("description", entry.flow().flow().flatMap(Flow::description))
        .with("valid", !entry.flow().stops());
  }
}
