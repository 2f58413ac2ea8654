package grpc.transport.nio.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Streams that ended here while the client's half was open. The client may have sent trailers
 * before it saw the end: one block per stream, which is read and ignored (RFC 9113 §5.1, closed).
 * HEADERS on any other ended stream break the protocol. The writer and the loop add, the loop asks.
 */
final class RecentlyEndedStreams {
  /** The most streams to remember. */
  private static final int SLOTS = 1024;

  private final Map<Integer, Integer> ids = new ConcurrentHashMap<>();

  private static int slot(int id) {
    return id / 2 % SLOTS;
  }

  /** A stream has ended here; call it before the stream leaves the table. */
  void add(int id) {
    ids.put(slot(id), id);
  }

  /** {@return whether the stream has ended here, and the client's half is open} */
  boolean contains(int id) {
    Integer found = ids.get(slot(id));
    return found != null && found == id;
  }

  /**
   * The client's half of a stream has ended, too.
   *
   * @return whether the stream had ended here before
   */
  boolean remove(int id) {
    return !ids.isEmpty() && ids.remove(slot(id), id); // spares two boxed integers per request
  }
}
