package adw.os;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/// This thread as another user, who is in no group of any file, until it is closed; root alone can
/// be that. Linux keeps users by thread, and the C library alone makes them the process's.
public record OtherUser() implements AutoCloseable {
  private static final int NOBODY = 65_534;
  private static final int OTHERS_GROUP = 54_321;
  private static final long UNCHANGED = -1;
  private static final long SETRESUID = LibC.systemCall(117, 147).orElse(-1);

  /// To whom all in this folder belongs.
  public static OtherUser ownerOf(Path folder) throws IOException {
    assumeRoot();
    try (var files = Files.walk(folder)) {
      for (var file : files.toList()) {
        Files.setAttribute(file, "unix:uid", NOBODY);
        Files.setAttribute(file, "unix:gid", OTHERS_GROUP);
      }
    }
    return become();
  }

  public static OtherUser become() {
    assumeRoot();
    become(NOBODY);
    return new OtherUser();
  }

  private static void assumeRoot() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("user.name").equals("root"),
        "SKIPPED: only root can become somebody else");
  }

  /// The real user, whom `access` goes by, and then the one of the file system, whom all else goes
  /// by: that one follows whenever another is set, but what root may do comes back with itself
  /// alone.
  private static void become(int user) {
    setRealUser(user);
    call("setfsgid", user);
    call("setfsuid", user);
  }

  @SuppressWarnings("restricted")
  private static void call(String name, int id) {
    var linker = Linker.nativeLinker();
    var type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    var function = linker.defaultLookup().find(name).orElseThrow();
    try {
      var _ = (int) linker.downcallHandle(function, type).invokeExact(id);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  @SuppressWarnings("restricted")
  private static void setRealUser(int user) {
    var linker = Linker.nativeLinker();
    var word = ValueLayout.JAVA_LONG;
    var type = FunctionDescriptor.of(word, word, word, word, word);
    var handle =
        linker.downcallHandle(
            linker.defaultLookup().find("syscall").orElseThrow(),
            type,
            Linker.Option.firstVariadicArg(1));
    try {
      var _ = (long) handle.invokeExact(SETRESUID, (long) user, UNCHANGED, UNCHANGED);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  public void close() {
    call("setfsgid", 0);
    call("setfsuid", 0);
    setRealUser(0);
  }
}
