package adw.git;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.internal.storage.pack.BinaryDelta;
import org.jspecify.annotations.Nullable;

/// Reads blobs out of packs for one thread that takes them in the packs' order: each is inflated
/// once, also those that others are deltas of. What is large, damaged or not as usual is left to
/// JGit.
final class PackReader implements AutoCloseable {
  private static final int BLOB = 3;
  private static final int DELTA = 6; // of an object that is so many bytes before it
  private static final int LARGEST = 4 << 20;
  private static final int HEADER = 24;
  private static final int LEAST_READ = 1 << 12;
  private static final int MOST_READ = 1 << 16;

  private final Packs packs;
  private final Inflater inflater = new Inflater();
  private final Bases bases = new Bases();
  private final byte[] beyond = new byte[1];

  // The part of a pack from `start` on. The next one is larger if it follows: some packs are read
  // from end to end, of others every hundredth object.
  private final ByteBuffer window = ByteBuffer.allocateDirect(MOST_READ);
  private int pack;
  private long start;

  PackReader(Packs packs) {
    this.packs = packs;
    window.limit(0);
  }

  /// What was read last, for the deltas of it.
  private static final class Bases {
    private static final int MOST = 2 << 20;

    private final Map<Long, byte[]> known = new LinkedHashMap<>(256, 0.75f, true);
    private int size;

    byte @Nullable [] find(long place) {
      return known.get(place);
    }

    void keep(long place, byte[] content) {
      if (content.length > MOST / 4 || known.put(place, content) != null) {
        return;
      }
      size += content.length;
      for (var old = known.values().iterator(); size > MOST; ) {
        size -= old.next().length;
        old.remove();
      }
    }
  }

  private record Delta(long place, long data, int size) {}

  /// The blob at this place; absent if it is none of those that are read here.
  Optional<byte[]> find(long place) throws IOException {
    if (place == Packs.NOWHERE) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(read(place));
    } catch (DataFormatException
        | BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// The place of what the blob at this place is a delta of; nowhere if it is whole, or if that
  /// cannot be.
  long base(long place) throws IOException {
    seek(place, Packs.offset(place), HEADER);
    try {
      var first = window.get();
      size(first);
      var base = type(first) == DELTA ? place - distance() : Packs.NOWHERE;
      return base < place && Packs.number(base) == pack ? base : Packs.NOWHERE;
    } catch (BufferUnderflowException _) {
      return Packs.NOWHERE;
    }
  }

  private byte @Nullable [] read(long place) throws IOException, DataFormatException {
    var deltas = new ArrayDeque<Delta>();
    var content = bases.find(place);
    for (var at = place; content == null; content = content == null ? bases.find(at) : content) {
      seek(at, Packs.offset(at), HEADER);
      var first = window.get();
      var size = size(first);
      if (size > LARGEST) {
        return null;
      }
      switch (type(first)) {
        case BLOB -> {
          content = inflate((int) size);
          bases.keep(at, content);
        }
        case DELTA -> {
          var base = at - distance();
          deltas.push(new Delta(at, start + window.position(), (int) size));
          at = base;
        }
        default -> {
          return null;
        }
      }
    }
    for (var delta : deltas) {
      content = apply(content, delta);
    }
    return content;
  }

  private byte[] apply(byte[] base, Delta delta) throws IOException, DataFormatException {
    seek(delta.place, delta.data, 1);
    var change = inflate(delta.size);
    if (BinaryDelta.getResultSize(change) > LARGEST) {
      throw new DataFormatException("large");
    }
    var content = BinaryDelta.apply(base, change);
    bases.keep(delta.place, content);
    return content;
  }

  private static int type(byte first) {
    return first >> 4 & 7;
  }

  private long size(byte first) {
    var size = (long) (first & 0xf);
    var last = first;
    for (var shift = 4; last < 0; shift += 7) {
      last = window.get();
      size |= (last & 0x7fL) << shift;
    }
    return size;
  }

  private long distance() {
    var last = window.get();
    var distance = last & 0x7fL;
    while (last < 0) {
      last = window.get();
      distance = ((distance + 1) << 7) + (last & 0x7f);
    }
    return distance;
  }

  private byte[] inflate(int size) throws IOException, DataFormatException {
    var content = new byte[size];
    inflater.reset();
    for (var done = 0; !inflater.finished() || done < size; ) {
      if (inflater.needsInput()) {
        if (!window.hasRemaining()) {
          fill(start + window.limit());
        }
        inflater.setInput(window);
      }
      var more =
          done < size ? inflater.inflate(content, done, size - done) : inflater.inflate(beyond);
      done += more;
      if (done > size || (more == 0 && !inflater.finished() && !inflater.needsInput())) {
        throw new DataFormatException("another size");
      }
    }
    return content;
  }

  /// So many bytes from there on, or all that there are.
  private void seek(long place, long offset, int least) throws IOException {
    if (Packs.number(place) != pack) {
      window.limit(0);
      start = 0;
      pack = Packs.number(place);
    }
    if (offset >= start && offset + least <= start + window.limit()) {
      window.position((int) (offset - start));
    } else {
      fill(offset);
    }
  }

  private void fill(long offset) throws IOException {
    var follows = offset >= start && offset <= start + window.limit();
    var length = follows ? Math.min(MOST_READ, window.limit() * 2) : LEAST_READ;
    window.clear().limit(Math.max(LEAST_READ, length));
    start = offset;
    while (window.hasRemaining() && packs.read(pack, window, start + window.position()) > 0) {}
    window.flip();
  }

  @Override
  public void close() {
    inflater.end();
  }
}
