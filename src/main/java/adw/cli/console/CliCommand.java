package adw.cli.console;

import java.io.IOException;

/// Something `adw` does; its options are already read.
public interface CliCommand {
  ExitCode run(Console console) throws IOException, InterruptedException;
}
