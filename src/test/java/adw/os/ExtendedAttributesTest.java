package adw.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adw.os.process.Command;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ExtendedAttributesTest {
  private static final String NOTE = "user.note";

  @TempDir Path folder;
  private Path from;
  private Path to;
  private Optional<Path> mounted = Optional.empty();

  @BeforeEach
  void create() throws IOException {
    from = Files.writeString(folder.resolve("from"), "");
    to = Files.writeString(folder.resolve("to"), "");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted.isPresent()) {
      run("umount", mounted.get().toString());
    }
  }

  private boolean run(String... argv) throws Exception {
    var path = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    return new Command(List.of(argv), folder, path, Duration.ofSeconds(10), new byte[0])
        .run()
        .succeeded();
  }

  private void give(Path file, String name, byte[] value) throws IOException {
    var answer = ExtendedAttributes.set(file, name, Optional.of(value));
    assumeTrue(!answer.failed(), "SKIPPED: this file system knows no " + name);
  }

  /// As the kernel has it: for the owner, one user, the group, the mask, all others.
  private static byte[] accessList(int owner, int user, int group, int mask, int other) {
    var list = ByteBuffer.allocate(4 + 5 * 8).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
    entry(list, 0x01, owner, -1);
    entry(list, 0x02, user, 4321);
    entry(list, 0x04, group, -1);
    entry(list, 0x10, mask, -1);
    entry(list, 0x20, other, -1);
    return list.array();
  }

  private static void entry(ByteBuffer list, int tag, int rights, int who) {
    list.putShort((short) tag).putShort((short) rights).putInt(who);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFileHasTheAttributesOfTheOtherAndNoMore() throws Exception {
    give(from, NOTE, bytes("mine"));
    give(from, "user.empty", new byte[0]);
    give(to, NOTE, bytes("older"));
    give(to, "user.more", bytes("x"));

    ExtendedAttributes.copy(from, to);

    assertThat(ExtendedAttributes.names(to))
        .contains(NOTE, "user.empty")
        .doesNotContain("user.more");
    assertThat(ExtendedAttributes.find(to, NOTE)).contains(bytes("mine"));
    assertThat(ExtendedAttributes.find(to, "user.empty")).contains(new byte[0]);
  }

  @Test
  void anAccessListComesWithItsMode() throws Exception {
    give(from, ExtendedAttributes.ACCESS_LIST, accessList(6, 6, 4, 6, 0));

    ExtendedAttributes.copy(from, to);

    assertThat(ExtendedAttributes.find(to, ExtendedAttributes.ACCESS_LIST))
        .contains(accessList(6, 6, 4, 6, 0));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(to)))
        .isEqualTo("rw-rw----");
  }

  @Test
  void anAccessListThatTheOtherHasNotIsTakenAway() throws Exception {
    give(to, ExtendedAttributes.ACCESS_LIST, accessList(6, 6, 6, 6, 0));

    ExtendedAttributes.copy(from, to);

    assertThat(ExtendedAttributes.names(to)).doesNotContain(ExtendedAttributes.ACCESS_LIST);
  }

  @Test
  void anAttributeThatCannotBeGivenIsNamed() throws Exception {
    give(from, NOTE, bytes("mine"));
    var place = Files.createDirectory(folder.resolve("mounted"));
    var isMounted = run("mount", "-t", "ramfs", "ramfs", place.toString());
    assumeTrue(isMounted, "SKIPPED: no right to mount a file system here (run as root)");
    mounted = Optional.of(place);
    var there = Files.writeString(place.resolve("to"), "");

    assertThatThrownBy(() -> ExtendedAttributes.copy(from, there))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageStartingWith(from + ": a new text could not keep its attribute user.note: ");
    assertThat(ExtendedAttributes.names(there)).isEmpty();
  }
}
