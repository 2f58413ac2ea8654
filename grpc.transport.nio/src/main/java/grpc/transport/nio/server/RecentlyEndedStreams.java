package grpc.transport.nio.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Streams that ended here while the client's half was open. Its trailers may be under way then, one
 * block a stream, which is read and passed over (RFC 9113 §5.1, closed); HEADERS on any other
 * stream that is gone break the protocol. The writer and the loop add, the loop asks.
 */
final class RecentlyEndedStreams {
  /** How many are remembered, at most. */
  private static final int SLOTS = 1024;

  private final Map<Integer, Integer> ids = new ConcurrentHashMap<>();

  private static int slot(int id) {
    return id / 2 % SLOTS;
  }

  /** It has ended here; before it leaves the table. */
  void add(int id) {
    ids.put(slot(id), id);
  }

  /** {@return whether it had ended here, and the client's half is open} */
  boolean contains(int id) {
    Integer found = ids.get(slot(id));
    return found != null && found == id;
  }

  /**
   * The client's half has ended, too.
   *
   * @return whether it had ended here before
   */
  boolean remove(int id) {
    return !ids.isEmpty() && ids.remove(slot(id), id); // else two boxes for each request
  }
}
