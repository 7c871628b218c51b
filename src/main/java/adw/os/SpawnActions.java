package adw.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/// What a child of `posix_spawn` does before it becomes the program, in this order: its streams,
/// its folder, and no other descriptor of the JVM.
final class SpawnActions implements AutoCloseable {
  // Larger than the C structure of <spawn.h>.
  private static final int SIZE = 256;
  private static final int READ = 0;
  private static final int APPEND = 0x1 | 0x40 | 0x400;
  private static final int MODE = 0666;

  private final Arena arena;
  private final MemorySegment actions;

  private SpawnActions(Arena arena) {
    this.arena = arena;
    this.actions = arena.allocate(SIZE, 16);
  }

  /// glibc from 2.34 on can close all other descriptors of the JVM in the child.
  static boolean areSupported() {
    return Functions.CLOSE_FROM.isPresent() && Functions.CHDIR.isPresent();
  }

  static SpawnActions begin(Arena arena) throws IOException {
    var begun = new SpawnActions(arena);
    begun.add(Functions.INIT, 0, 0, 0, 0);
    return begun;
  }

  void read(int descriptor, Path file) throws IOException {
    add(Functions.OPEN, descriptor, Native.path(arena, file).address(), READ, MODE);
  }

  void append(int descriptor, Path file) throws IOException {
    add(Functions.OPEN, descriptor, Native.path(arena, file).address(), APPEND, MODE);
  }

  /// Makes a descriptor of ours one of the child's.
  void pass(int ours, int descriptor) throws IOException {
    add(Functions.DUPLICATE, ours, descriptor, 0, 0);
  }

  /// The last of them. Of the descriptors that are no streams none stays but those passed, which
  /// are numbered from 3 on.
  MemorySegment in(Path directory, int passed) throws IOException {
    add(Functions.CHDIR, Native.path(arena, directory).address(), 0, 0, 0);
    add(Functions.CLOSE_FROM, 3 + passed, 0, 0, 0);
    return actions;
  }

  private void add(Optional<LinuxCall> function, long a, long b, long c, long d)
      throws IOException {
    var answer =
        Native.call(
            arena, state -> (int) function.get().of(state, actions.address(), a, b, c, d, 0));
    if (answer.value() != 0) {
      throw new IOException(Native.message((int) answer.value()));
    }
  }

  @Override
  public void close() throws IOException {
    add(Functions.DESTROY, 0, 0, 0, 0);
  }

  private static final class Functions {
    static final Optional<LinuxCall> INIT = LinuxCall.find("posix_spawn_file_actions_init");
    static final Optional<LinuxCall> DESTROY = LinuxCall.find("posix_spawn_file_actions_destroy");
    static final Optional<LinuxCall> OPEN = LinuxCall.find("posix_spawn_file_actions_addopen");
    static final Optional<LinuxCall> DUPLICATE = LinuxCall.find("posix_spawn_file_actions_adddup2");
    static final Optional<LinuxCall> CHDIR = LinuxCall.find("posix_spawn_file_actions_addchdir_np");
    static final Optional<LinuxCall> CLOSE_FROM =
        LinuxCall.find("posix_spawn_file_actions_addclosefrom_np");
  }
}
