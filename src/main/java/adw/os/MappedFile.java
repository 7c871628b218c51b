package adw.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file seen as memory until it is closed, by any number of threads. For files that nobody
/// shortens: what is no longer there cannot be read.
public final class MappedFile implements AutoCloseable {
  private final Arena arena;
  private final MemorySegment bytes;

  private MappedFile(Arena arena, MemorySegment bytes) {
    this.arena = arena;
    this.bytes = bytes;
  }

  /// As long as it is now.
  public static MappedFile open(Path file) throws IOException {
    var arena = Arena.ofShared();
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new MappedFile(arena, channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  public long size() {
    return bytes.byteSize();
  }

  /// What follows, as much of it as a buffer can hold.
  public ByteBuffer from(long offset) {
    var length = Math.min(Integer.MAX_VALUE, size() - offset);
    return bytes.asSlice(offset, length).asByteBuffer();
  }

  public ByteBuffer part(long offset, int length) {
    return bytes.asSlice(offset, length).asByteBuffer();
  }

  /// Whoever still reads gets an `IllegalStateException`.
  @Override
  public void close() {
    arena.close();
  }
}
