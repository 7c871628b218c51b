package adw.task;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/// The blocks of a file decide what its lines mean: commonmark reads the blocks, and only those.
final class BlockParser extends AbstractVisitor {
  private static final Parser PARSER =
      Parser.builder()
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .inlineParserFactory(_ -> (_, _) -> {})
          .build();

  private static final Pattern HEADING_WITH_WIDE_BLANK =
      Pattern.compile("(?md)^( {0,3}#{1,6})(?:" + String.join("|", ByteText.WIDE_BLANKS) + ")");

  private final SourceText source;
  private final int firstLine;
  private final BitSet fenced = new BitSet();
  private final BitSet hidden = new BitSet();
  private final BitSet indented = new BitSet();
  private final List<Heading> headings = new ArrayList<>();
  private final List<TaskFinding> findings = new ArrayList<>();
  private final List<TaskFinding> covered = new ArrayList<>();

  private BlockParser(SourceText source, int firstLine) {
    this.source = source;
    this.firstLine = firstLine;
  }

  static BlockStructure structure(SourceText source) {
    var from = FrontMatter.end(source);
    var wild = new BlockParser(source, from);
    // A lone \r ends a line for commonmark and not for us; a blank in its place changes no block.
    var text = source.text.substring(source.start(from), source.bytes.length).replace('\r', ' ');
    PARSER.parse(withPlainHeadings(text)).accept(wild);
    wild.hidden.set(0, from);
    MarkdownTables.hide(source, wild.hidden);
    return new BlockStructure(
        wild.hidden, wild.fenced, wild.indented, wild.headings, wild.findings, wild.covered);
  }

  /// `#` and a no-break space begin a heading for whoever typed them.
  private static String withPlainHeadings(String latin1) {
    var hasWide = ByteText.WIDE_BLANKS.stream().anyMatch(blank -> latin1.contains("#" + blank));
    return hasWide ? HEADING_WITH_WIDE_BLANK.matcher(latin1).replaceAll("$1 ") : latin1;
  }

  @Override
  public void visit(FencedCodeBlock block) {
    mark(block, fenced);
    mark(block, hidden);
    if (block.getClosingFenceLength() == null) {
      findings.add(
          TaskFinding.warning(
              line(block) + 1,
              "a code fence that nothing closes hides all lines below",
              "close it with a line of its own"));
    }
  }

  @Override
  public void visit(IndentedCodeBlock block) {
    mark(block, indented);
    mark(block, hidden);
    warnOfHidden(block, "this task is code, four columns in", "indent it less");
  }

  @Override
  public void visit(HtmlBlock block) {
    mark(block, hidden);
    var html = block.getLiteral().strip();
    if (!html.startsWith("<!--")) {
      warnOfHidden(
          block,
          "HTML that begins in line " + (line(block) + 1) + " hides this task",
          "close it, or leave an empty line behind it");
    } else if (!html.contains("-->")) {
      findings.add(
          TaskFinding.warning(
              line(block) + 1, "a comment that nothing closes hides all lines below", "add -->"));
    }
  }

  /// At the first line of the block that would be a task to do.
  private void warnOfHidden(Block block, String what, String cure) {
    block.getSourceSpans().stream()
        .map(span -> span.getLineIndex() + firstLine)
        .filter(line ->
            TaskLine.read(source, line)
                .filter(task -> task.mark().progress() == Progress.PENDING)
                .isPresent())
        .findFirst()
        .ifPresent(line -> covered.add(TaskFinding.warning(line + 1, what, cure)));
  }

  @Override
  public void visit(org.commonmark.node.Heading heading) {
    var line = line(heading);
    if (!(heading.getParent() instanceof Document) || heading.getSourceSpans().isEmpty()) {
      return;
    }
    var spans = heading.getSourceSpans();
    var atx = Heading.atx(source, line);
    if (atx.isPresent()) {
      headings.add(atx.get());
    } else if (spans.size() == 2 && TaskLine.read(source, line).isEmpty()) {
      var text = source.decoded(source.firstInk(line), source.end(line)).strip();
      headings.add(new Heading(line, line + 2, heading.getLevel(), text));
    }
  }

  private int line(Block block) {
    var spans = block.getSourceSpans();
    return spans.isEmpty() ? 0 : spans.getFirst().getLineIndex() + firstLine;
  }

  private void mark(Block block, BitSet lines) {
    for (var span : block.getSourceSpans()) {
      lines.set(span.getLineIndex() + firstLine);
    }
  }
}
