package adw.cli.console;

import adw.text.PlainText;
import java.util.regex.Pattern;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/// What reaches a person whose terminal is not in front: its title, and its bell.
public record TerminalBell(Terminal terminal) {
  /// Others might print the title's text instead of taking it.
  private static final Pattern TITLED =
      Pattern.compile("(xterm|rxvt|screen|tmux|alacritty|foot|kitty|wezterm|vte|gnome|konsole).*");

  /// "" gives it back.
  public void title(String text) {
    if (TITLED.matcher(terminal.getType()).matches()) {
      terminal.writer().print("\033]0;" + PlainText.line(text) + "\007");
      terminal.flush();
    }
  }

  public void ring() {
    terminal.puts(Capability.bell);
    terminal.flush();
  }
}
