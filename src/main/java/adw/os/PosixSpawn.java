package adw.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Starts a child in a session of its own through glibc's `posix_spawn`: a millisecond quicker than
/// the JDK's helper program followed by `setsid`, and argv and environment are UTF-8 in any locale.
final class PosixSpawn {
  // From <spawn.h>, <fcntl.h> and <signal.h> of Linux; larger than any of the C structures.
  private static final int ACTIONS_SIZE = 256;
  private static final int ATTRIBUTES_SIZE = 512;
  private static final int SIGNAL_SET_SIZE = 128;
  private static final short RESET_SIGNALS_AND_NEW_SESSION = 0x04 | 0x08 | 0x80;
  private static final long HUP_INT_QUIT_PIPE_TERM_CHLD =
      1L | 1L << 1 | 1L << 2 | 1L << 12 | 1L << 14 | 1L << 16;
  private static final int READ = 0;
  private static final int APPEND = 0x1 | 0x40 | 0x400;
  private static final int MODE = 0666;
  private static final int NO_WAIT = 1;

  private PosixSpawn() {}

  /// glibc from 2.34 on can close all other descriptors of the JVM in the child.
  static boolean isSupported() {
    return Native.LINUX && Functions.CLOSE_FROM.isPresent() && Functions.CHDIR.isPresent();
  }

  /// A call for nothing: the linker builds its code at the first one.
  static void prepare() {
    reap(0x7fffffff);
  }

  record Streams(Path in, Path out, Path err) {}

  /// The program is the first word of argv, a path.
  static Supervisor.Started start(
      List<String> argv, Path directory, Map<String, String> environment, Streams streams)
      throws IOException {
    try (var arena = Arena.ofConfined()) {
      var pid = arena.allocate(JAVA_INT);
      var actions = actions(arena, directory, streams);
      var error = (int) spawn(arena, pid, argv, environment, actions);
      Native.call(arena, state -> call(Functions.DESTROY, state, actions));
      if (error != 0) {
        throw new IOException(
            "%s: cannot be started with input %s: %s"
                .formatted(directory, streams.in(), Native.message(error)));
      }
      return started(pid.get(JAVA_INT, 0));
    }
  }

  private static long spawn(
      Arena arena,
      MemorySegment pid,
      List<String> argv,
      Map<String, String> environment,
      MemorySegment actions)
      throws IOException {
    var program = Native.string(arena, utf8(argv.getFirst()));
    var words = strings(arena, argv);
    var variables =
        strings(
            arena,
            environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
    var attributes = attributes(arena);
    return Native.call(
            arena,
            state ->
                (int)
                    Functions.SPAWN
                        .get()
                        .of(
                            state,
                            pid.address(),
                            program.address(),
                            actions.address(),
                            attributes.address(),
                            words.address(),
                            variables.address()))
        .value();
  }

  private static MemorySegment actions(Arena arena, Path directory, Streams streams)
      throws IOException {
    var actions = arena.allocate(ACTIONS_SIZE, 16);
    Native.call(arena, state -> call(Functions.INIT, state, actions));
    open(arena, actions, 0, streams.in(), READ);
    open(arena, actions, 1, streams.out(), APPEND);
    open(arena, actions, 2, streams.err(), APPEND);
    var folder = Native.path(arena, directory);
    Native.call(
        arena, state -> (int) Functions.CHDIR.get().of(state, actions.address(), folder.address()));
    Native.call(arena, state -> (int) Functions.CLOSE_FROM.get().of(state, actions.address(), 3));
    return actions;
  }

  private static void open(Arena arena, MemorySegment actions, int fd, Path file, int flags)
      throws IOException {
    var name = Native.path(arena, file);
    Native.call(
        arena,
        state ->
            (int)
                Functions.OPEN
                    .get()
                    .of(state, actions.address(), fd, name.address(), flags, MODE, 0));
  }

  /// The JVM's own mask and ignored signals (`nohup`) are not for the child.
  private static MemorySegment attributes(Arena arena) throws IOException {
    var attributes = arena.allocate(ATTRIBUTES_SIZE, 16);
    var defaults = arena.allocate(SIGNAL_SET_SIZE, 8);
    defaults.set(ValueLayout.JAVA_LONG, 0, HUP_INT_QUIT_PIPE_TERM_CHLD);
    Native.call(arena, state -> call(Functions.ATTRIBUTES_INIT, state, attributes));
    Native.call(
        arena,
        state ->
            (int) Functions.SET_DEFAULTS.get().of(state, attributes.address(), defaults.address()));
    Native.call(
        arena,
        state ->
            (int)
                Functions.SET_FLAGS
                    .get()
                    .of(state, attributes.address(), RESET_SIGNALS_AND_NEW_SESSION));
    return attributes;
  }

  private static MemorySegment strings(Arena arena, List<String> texts) throws IOException {
    var array = arena.allocate(ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).indexOf('\0') >= 0) {
        throw new IOException("a NUL character cannot be handed to a program");
      }
      array.setAtIndex(ADDRESS, i, Native.string(arena, utf8(texts.get(i))));
    }
    return array;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static long call(
      Optional<LinuxCall> function, MemorySegment state, MemorySegment argument) throws Throwable {
    return (int) function.get().of(state, argument.address());
  }

  /// The JDK waits for it as for any process, without taking its exit status; that is ours to take,
  /// or it would stay a zombie.
  private static Supervisor.Started started(long pid) {
    var handle = ProcessHandle.of(pid);
    var ended =
        handle.isEmpty()
            ? CompletableFuture.<Void>completedFuture(reap(pid))
            : handle.get().onExit().<Void>thenApply(_ -> reap(pid));
    return new Supervisor.Started(pid, ended);
  }

  private static @Nullable Void reap(long pid) {
    try (var arena = Arena.ofConfined()) {
      var status = arena.allocate(JAVA_INT);
      Native.call(
          arena, state -> (int) Functions.WAITPID.get().of(state, pid, status.address(), NO_WAIT));
      return null;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static final class Functions {
    static final Optional<LinuxCall> CLOSE_FROM =
        LinuxCall.find("posix_spawn_file_actions_addclosefrom_np");
    static final Optional<LinuxCall> CHDIR = LinuxCall.find("posix_spawn_file_actions_addchdir_np");
    static final Optional<LinuxCall> OPEN = LinuxCall.find("posix_spawn_file_actions_addopen");
    static final Optional<LinuxCall> INIT = LinuxCall.find("posix_spawn_file_actions_init");
    static final Optional<LinuxCall> DESTROY = LinuxCall.find("posix_spawn_file_actions_destroy");
    static final Optional<LinuxCall> ATTRIBUTES_INIT = LinuxCall.find("posix_spawnattr_init");
    static final Optional<LinuxCall> SET_FLAGS = LinuxCall.find("posix_spawnattr_setflags");
    static final Optional<LinuxCall> SET_DEFAULTS = LinuxCall.find("posix_spawnattr_setsigdefault");
    static final Optional<LinuxCall> SPAWN = LinuxCall.find("posix_spawn");
    static final Optional<LinuxCall> WAITPID = LinuxCall.find("waitpid");
  }
}
