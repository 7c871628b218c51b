package adw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddTest {
  @TempDir Path temp;
  private AdwProgram program;

  @BeforeEach
  void makeRepository() throws Exception {
    program = AdwProgram.in(temp).repository();
  }

  @Test
  void theNewLineIsMeantThoughParkedOnesFollow() throws Exception {
    program.write("tasks.md", "[] one {#one}\n\n## Later\n[] two\n[] an idea\n");

    var added = program.run("add", "two  #sh", "--after", "one");

    assertThat(added.out()).isEqualTo("added tasks.md:2\n");
    assertThat(program.read("tasks.md"))
        .isEqualTo("[] one {#one}\n[⏰ one] two #sh\n\n## Later\n[] two\n[] an idea\n");
  }

  @Test
  void aLineThatNobodyWouldReadIsSaid() throws Exception {
    program.write("tasks.md", "# Queue\n\n```\n[] an example\n");

    var added = program.run("add", "one");

    assertThat(added.code()).isNotZero();
    assertThat(added.err()).contains("hidden by code or a comment that nothing closes");
  }
}
