package grpc.transport.nio.connection;

import grpc.transport.nio.stream.Stream;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open streams of a connection by id. On the client the writer puts them in before their
 * HEADERS leave; on the server the loop does. Any thread may remove one.
 */
final class StreamTable<S extends Stream> {
  private final ConcurrentHashMap<Integer, S> streams = new ConcurrentHashMap<>();

  @Nullable S find(int id) {
    return streams.get(id);
  }

  void put(int id, S stream) {
    streams.put(id, stream);
  }

  void remove(int id) {
    streams.remove(id);
  }

  int size() {
    return streams.size();
  }

  boolean isEmpty() {
    return streams.isEmpty();
  }

  void forEach(Consumer<? super S> action) {
    streams.values().forEach(action);
  }
}
