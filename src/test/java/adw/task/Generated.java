package adw.task;

import java.util.List;
import java.util.Random;

/// Markdown made of the pieces that go wrong, the same for the same seed.
final class Generated {
  private static final List<String> INDENTS =
      List.of(
          "", "", "", "", " ", "  ", "   ", "    ", "     ", "\t", "  \t", "\u00A0", "\u00A0  ");
  private static final List<String> BULLETS =
      List.of(
          "", "", "- ", "- ", "* ", "+ ", "1. ", "2) ", "10. ", "-   ", "-     ", "-\t", "- - ");
  private static final List<String> MARKS =
      List.of(
          "[] ",
          "[] ",
          "[ ] ",
          "[x] ",
          "[⏰] ",
          "[⏰ a, b] ",
          "[⏰\uFE0F] ",
          "[🟡, adw_1a2b3c4d] ",
          "[✅ 1a2b3c4, adw_00000000] ",
          "[✔\uFE0F] ",
          "[❌, adw_11111111] ",
          "[❌] ",
          "[❓ adw_2] ",
          "[⊘] ",
          "[-] ",
          "[retry] ",
          "[⏰ daily 03:00] ",
          "[🟡] ",
          "[note] ",
          "[wait] ",
          "[after a, b] ",
          "[\u00A0] ",
          "[]\u00A0",
          "[/] ",
          "[a](b) ",
          "[⏰]: ",
          "[]",
          "");
  private static final List<String> TEXTS =
      List.of(
          "do it",
          "do it #opus",
          "use // comments",
          "a `code` b",
          "a <!-- b",
          "b --> c",
          "é😀e\u0301",
          "x {#n, budget=2}",
          "x {y}",
          "a | b",
          "trailing  ",
          "a\u0085b\u2028c",
          "a\rb",
          "\u200Bz",
          "# no heading",
          "the whole #epic",
          "some #group",
          "@backend x #y",
          "\\",
          "*a",
          "a*",
          "`",
          "<b>");
  private static final List<String> LINES =
      List.of(
          "",
          "",
          "",
          " ",
          "\t",
          "# Title",
          "## Done",
          "## Backlog",
          "##\u00A0Later: more",
          "## Branch Strategy",
          "%% settings",
          "### Git Worktree w",
          "## Branch ../x",
          "Title",
          "===",
          "---",
          "- - -",
          "***",
          "> quote",
          "> > - [] quote",
          ">",
          "[ref]: /url",
          "[ref]: /url 'title",
          "end'",
          "[⏰]: /u",
          "| a | b |",
          "|---|---|",
          "a | b",
          "--- | ---",
          "prose",
          "#nohead",
          "####### seven",
          "* * *",
          "-",
          "1.",
          "\\[] no");
  private static final List<String> WILD =
      List.of(
          "```",
          "```sh",
          "~~~",
          "````",
          "<div>",
          "</div>",
          "<!-- x",
          "-->",
          "<!-- adw: pause -->",
          "<br>",
          "<script>",
          "</script>",
          "<?php",
          "<![CDATA[",
          "```` ` ````",
          "    code",
          "\t> x",
          "- ```",
          "> ```",
          "1. > - ~~~",
          "<<<<<<< HEAD",
          "=======",
          ">>>>>>> x");

  private final Random random;

  private Generated(long seed) {
    this.random = new Random(seed);
  }

  static String wild(long seed) {
    return new Generated(seed).document();
  }

  private String document() {
    var text = new StringBuilder(random.nextInt(8) == 0 ? "\uFEFF" : "");
    if (random.nextInt(10) == 0) {
      text.append("---\ntitle: x\n[] no\n---\n");
    }
    var endings = random.nextInt(4);
    var lines = random.nextInt(14);
    for (var i = 0; i < lines; i++) {
      var isCrlf = endings == 1 || (endings == 2 && random.nextBoolean());
      text.append(line()).append(isCrlf ? "\r\n" : "\n");
    }
    return random.nextInt(4) == 0 ? text.toString().stripTrailing() : text.toString();
  }

  private String line() {
    var kind = random.nextInt(10);
    if (kind < 2) {
      return any(INDENTS) + any(WILD);
    }
    if (kind < 5) {
      return (random.nextInt(5) == 0 ? any(INDENTS) : "") + any(LINES);
    }
    return any(INDENTS) + any(BULLETS) + any(MARKS) + any(TEXTS);
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
