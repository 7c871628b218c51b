package adw.cli;

import java.io.IOException;

/// Something `adw` does; its options are already read.
interface Command {
  ExitCode run(Console console) throws IOException, InterruptedException;
}
