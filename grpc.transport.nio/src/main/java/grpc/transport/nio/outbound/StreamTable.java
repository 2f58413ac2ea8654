package grpc.transport.nio.outbound;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open streams of a connection by id: the connection owns it, and its loop, its writer and its
 * role use it. On the client the writer adds streams before their HEADERS leave; on the server the
 * loop does: one thread at a time. Any thread may remove one.
 *
 * <p>Ids rise by two, so streams that are open at once usually have slots next to each other. There
 * are three places: a few slots, many slots (made when needed), and a map. A stream stays in the
 * first place with a free slot for it. Only the map makes an object for each stream.
 */
public final class StreamTable {
  private static final int FEW = 8;
  private static final int MANY = 256;

  private final AtomicReferenceArray<@Nullable OutboundStream> few =
      new AtomicReferenceArray<>(FEW);
  private volatile @Nullable AtomicReferenceArray<@Nullable OutboundStream> many;
  private final ConcurrentHashMap<Integer, OutboundStream> others = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();

  public @Nullable OutboundStream find(int id) {
    OutboundStream stream = few.get(slot(few, id));
    if (stream != null && stream.id() == id) {
      return stream;
    }
    var m = many;
    if (m == null) {
      return null;
    }
    stream = m.get(slot(m, id));
    if (stream != null && stream.id() == id) {
      return stream;
    }
    return others.isEmpty() ? null : others.get(id);
  }

  public void put(OutboundStream stream) {
    place(stream);
    size.incrementAndGet();
  }

  private void place(OutboundStream stream) {
    int id = stream.id();
    if (few.compareAndSet(slot(few, id), null, stream)) {
      return;
    }
    var m = many;
    if (m == null) {
      m = new AtomicReferenceArray<>(MANY);
      many = m;
    }
    if (!m.compareAndSet(slot(m, id), null, stream)) {
      others.put(id, stream);
    }
  }

  /** Removes it if it is there. */
  public void remove(OutboundStream stream) {
    if (isRemoved(stream)) {
      size.decrementAndGet();
    }
  }

  private boolean isRemoved(OutboundStream stream) {
    int id = stream.id();
    if (few.compareAndSet(slot(few, id), stream, null)) {
      return true;
    }
    var m = many;
    return m != null
        && (m.compareAndSet(slot(m, id), stream, null)
            || !others.isEmpty() && others.remove(id, stream));
  }

  public int size() {
    return size.get();
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  /**
   * Calls the action for each stream. A stream that is added or removed meanwhile may be left out.
   */
  public void forEach(Consumer<? super OutboundStream> action) {
    forEach(few, action);
    var m = many;
    if (m != null) {
      forEach(m, action);
      others.values().forEach(action);
    }
  }

  private void forEach(
      AtomicReferenceArray<@Nullable OutboundStream> slots,
      Consumer<? super OutboundStream> action) {
    for (int i = 0; i < slots.length(); i++) {
      OutboundStream stream = slots.get(i);
      if (stream != null) {
        action.accept(stream);
      }
    }
  }

  private static int slot(AtomicReferenceArray<?> slots, int id) {
    return id >>> 1 & slots.length() - 1;
  }
}
