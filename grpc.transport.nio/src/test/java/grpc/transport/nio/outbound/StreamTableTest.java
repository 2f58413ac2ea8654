package grpc.transport.nio.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.Peer;
import grpc.spi.transport.RequestHeaders;
import grpc.transport.nio.stream.ServerCallStream;
import grpc.transport.nio.stream.StreamOwner;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamTableTest {
  private static final StreamOwner NOBODY =
      (StreamOwner)
          Proxy.newProxyInstance(
              StreamOwner.class.getClassLoader(),
              new Class<?>[] {StreamOwner.class},
              (proxy, method, arguments) -> null);

  private static final RequestHeaders HEADERS =
      RequestHeaders.of(
          "/test.Echo/Say",
          "localhost",
          RequestHeaders.NO_TIMEOUT,
          "",
          "identity",
          "",
          Metadata.EMPTY);
  private static final Peer PEER =
      Peer.of(
          InetSocketAddress.createUnresolved("a", 1), InetSocketAddress.createUnresolved("b", 2));

  private final StreamTable table = new StreamTable();

  private static ServerCallStream stream(int id) {
    return new ServerCallStream(id, NOBODY, HEADERS, PEER, 65_535, 0);
  }

  /** Streams of all lengths, from one at a time to far more than there are slots. */
  @Test
  void itHasWhatAMapWouldHave() {
    var random = new Random(9113);
    for (int most : new int[] {1, 8, 9, 100, 256, 700}) {
      var model = new HashMap<Integer, ServerCallStream>();
      var ids = new ArrayList<Integer>();
      int id = 1;
      for (int i = 0; i < 5_000; i++, id += 2) {
        var stream = stream(id);
        table.put(stream);
        model.put(id, stream);
        ids.add(id);
        if (model.size() == most) {
          int gone = ids.remove(random.nextInt(ids.size()));
          table.remove(model.get(gone));
          table.remove(model.remove(gone)); // both sides may say that it is gone
          assertNull(table.find(gone));
        }
        assertEquals(model.size(), table.size());
      }
      model.forEach((i, stream) -> assertSame(stream, table.find(i)));
      assertNull(table.find(id));
      assertEquals(Set.copyOf(model.values()), Set.copyOf(seen()));
      assertEquals(model.size(), seen().size());
      model.values().forEach(table::remove);
      assertTrue(table.isEmpty());
      assertEquals(List.of(), seen());
    }
  }

  private List<OutboundStream> seen() {
    var seen = new ArrayList<OutboundStream>();
    table.forEach(seen::add);
    return seen;
  }

  /**
   * The threads go through many tables side by side. Where they meet, they may meet between a look
   * and a change, if those are two steps.
   */
  @Test
  void twoThreadsThatRemoveTheSameStreamCountItOnce() throws Exception {
    var streams = List.of(stream(1), stream(17), stream(529)); // one in each kind of place
    for (int round = 0; round < 60; round++) {
      var tables = new ArrayList<StreamTable>();
      for (int i = 0; i < 5_000; i++) {
        var each = new StreamTable();
        streams.forEach(each::put);
        tables.add(each);
      }
      Runnable remove = () -> streams.forEach(s -> tables.forEach(each -> each.remove(s)));
      var removers = List.of(Thread.ofPlatform().start(remove), Thread.ofPlatform().start(remove));
      for (var remover : removers) {
        remover.join();
      }
      tables.forEach(each -> assertEquals(0, each.size()));
    }
  }
}
