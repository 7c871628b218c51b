package adw.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
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
                        .invokeExact(state, pid, program, actions, attributes, words, variables))
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
    Native.call(arena, state -> (int) Functions.CHDIR.get().invokeExact(state, actions, folder));
    Native.call(arena, state -> (int) Functions.CLOSE_FROM.get().invokeExact(state, actions, 3));
    return actions;
  }

  private static void open(Arena arena, MemorySegment actions, int fd, Path file, int flags)
      throws IOException {
    var name = Native.path(arena, file);
    Native.call(
        arena,
        state -> (int) Functions.OPEN.get().invokeExact(state, actions, fd, name, flags, MODE));
  }

  /// The JVM's own mask and ignored signals (`nohup`) are not for the child.
  private static MemorySegment attributes(Arena arena) throws IOException {
    var attributes = arena.allocate(ATTRIBUTES_SIZE, 16);
    var defaults = arena.allocate(SIGNAL_SET_SIZE, 8);
    defaults.set(ValueLayout.JAVA_LONG, 0, HUP_INT_QUIT_PIPE_TERM_CHLD);
    Native.call(arena, state -> call(Functions.ATTRIBUTES_INIT, state, attributes));
    Native.call(
        arena,
        state -> (int) Functions.SET_DEFAULTS.get().invokeExact(state, attributes, defaults));
    Native.call(
        arena,
        state ->
            (int)
                Functions.SET_FLAGS
                    .get()
                    .invokeExact(state, attributes, RESET_SIGNALS_AND_NEW_SESSION));
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
      Optional<MethodHandle> function, MemorySegment state, MemorySegment argument)
      throws Throwable {
    return (int) function.get().invokeExact(state, argument);
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
          arena,
          state -> (int) Functions.WAITPID.get().invokeExact(state, (int) pid, status, NO_WAIT));
      return null;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static final class Functions {
    static final Optional<MethodHandle> CLOSE_FROM =
        find("posix_spawn_file_actions_addclosefrom_np", ADDRESS, JAVA_INT);
    static final Optional<MethodHandle> CHDIR =
        find("posix_spawn_file_actions_addchdir_np", ADDRESS, ADDRESS);
    static final Optional<MethodHandle> OPEN =
        find("posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    static final Optional<MethodHandle> INIT = find("posix_spawn_file_actions_init", ADDRESS);
    static final Optional<MethodHandle> DESTROY = find("posix_spawn_file_actions_destroy", ADDRESS);
    static final Optional<MethodHandle> ATTRIBUTES_INIT = find("posix_spawnattr_init", ADDRESS);
    static final Optional<MethodHandle> SET_FLAGS =
        find("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
    static final Optional<MethodHandle> SET_DEFAULTS =
        find("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
    static final Optional<MethodHandle> SPAWN =
        find("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    static final Optional<MethodHandle> WAITPID = find("waitpid", JAVA_INT, ADDRESS, JAVA_INT);

    private static Optional<MethodHandle> find(String name, MemoryLayout... arguments) {
      return Native.find(name, arguments.length, Native.type(arguments));
    }
  }
}
