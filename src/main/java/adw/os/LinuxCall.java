package adw.os;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// A function of the C library of a 64-bit Linux that takes numbers and addresses, six at most. Its
/// arguments are handed over as six words, as the calling conventions there have it: what it does
/// not take it does not see. So all functions share one shape, for which the JDK's linker builds
/// its code once; that takes it many milliseconds a shape.
public final class LinuxCall {
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final long ERRNO_OFFSET =
      Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  @SuppressWarnings("restricted")
  private static final MethodHandle SHAPE =
      Linker.nativeLinker()
          .downcallHandle(
              FunctionDescriptor.of(
                  JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
              ERRNO);

  private final MemorySegment function;

  private LinuxCall(MemorySegment function) {
    this.function = function;
  }

  /// Empty where there is none, or another system.
  public static Optional<LinuxCall> find(String name) {
    return LibC.LINUX && ValueLayout.ADDRESS.byteSize() == 8
        ? Linker.nativeLinker().defaultLookup().find(name).map(LinuxCall::new)
        : Optional.empty();
  }

  /// What C left in the state that was handed to a call.
  static int errno(MemorySegment state) {
    return state.get(ValueLayout.JAVA_INT, ERRNO_OFFSET);
  }

  /// Of a function that gives a `long`; of an `int` the upper half means nothing.
  long of(MemorySegment state, long a, long b, long c, long d, long e, long f) throws Throwable {
    return (long) SHAPE.invokeExact(function, state, a, b, c, d, e, f);
  }

  public long of(MemorySegment state, long a, long b, long c, long d) throws Throwable {
    return of(state, a, b, c, d, 0, 0);
  }

  public long of(MemorySegment state, long a, long b, long c) throws Throwable {
    return of(state, a, b, c, 0, 0, 0);
  }

  long of(MemorySegment state, long a, long b) throws Throwable {
    return of(state, a, b, 0, 0, 0, 0);
  }

  long of(MemorySegment state, long a) throws Throwable {
    return of(state, a, 0, 0, 0, 0, 0);
  }
}
