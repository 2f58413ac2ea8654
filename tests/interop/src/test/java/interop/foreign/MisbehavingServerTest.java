package interop.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import interop.proto.SimpleRequest;
import interop.proto.TestServiceClient;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What applications notice of refusals and GOAWAYs of a server on Netty's HTTP/2. */
@Timeout(50)
class MisbehavingServerTest {
  private static final String PREVIOUS = "grpc-previous-rpc-attempts";
  private static final String RETRY =
      """
      {"methodConfig": [{"name": [{}], "retryPolicy": {
        "maxAttempts": 3, "initialBackoff": "0.01s", "maxBackoff": "0.1s",
        "backoffMultiplier": 2, "retryableStatusCodes": ["UNAVAILABLE"]}}]}\
      """;

  /** A script that knows how many requests came before. */
  private static Script counting(BiConsumer<Integer, Exchange> script) {
    var seen = new ArrayList<Exchange>();
    return exchange -> {
      seen.add(exchange);
      script.accept(seen.size(), exchange);
    };
  }

  /** Refuses the first requests and answers the others. */
  private static Script refusing(int first) {
    return counting((number, exchange) -> {
      if (number <= first) {
        exchange.reset(Http2Error.REFUSED_STREAM);
      } else {
        exchange.respond();
      }
    });
  }

  private static SimpleRequest asking(int size) {
    return SimpleRequest.newBuilder().setResponseSize(size).build();
  }

  /** Calls that say so where they would hang. */
  private static TestServiceClient client(GrpcChannel channel) {
    return new TestServiceClient(channel).with(CallOptions.timeout(Duration.ofSeconds(20)));
  }

  private static int call(GrpcChannel channel, int size) {
    return client(channel).unaryCall(asking(size)).getPayload().getBody().size();
  }

  @Test
  void applicationDoesNotNoticeARefusal() {
    try (var server = new ForeignServer(refusing(1));
        var channel = GrpcChannel.open(server.target(), ChannelCredentials.plaintext())) {
      assertEquals(7, call(channel, 7));
      assertEquals(List.of(1, 3), server.exchanges().stream().map(Exchange::stream).toList());
      assertEquals(Optional.empty(), server.exchanges().getLast().header(PREVIOUS));
    }
  }

  @Test
  void secondRefusalEndsTheCall() {
    try (var server = new ForeignServer(refusing(2));
        var channel = GrpcChannel.open(server.target(), ChannelCredentials.plaintext())) {
      var e = assertThrows(StatusException.class, () -> call(channel, 7));
      assertEquals(StatusCode.UNAVAILABLE, e.code(), e::toString);
      assertEquals(2, server.exchanges().size());
    }
  }

  @Test
  void secondRefusalIsRetriedWhereThePolicySaysSo() {
    try (var server = new ForeignServer(refusing(2));
        var channel =
            GrpcChannel.builder(server.target(), ChannelCredentials.plaintext())
                .defaultServiceConfig(RETRY)
                .open()) {
      assertEquals(7, call(channel, 7));
      assertEquals(3, server.exchanges().size());
      assertEquals(Optional.of("1"), server.exchanges().getLast().header(PREVIOUS));
    }
  }

  /** At the third request the first connection says GOAWAY for all but the first. */
  private static Script leavingAtThree(Http2Error code, String debug, boolean answers) {
    var first = new ArrayList<Exchange>();
    return counting((number, exchange) -> {
      if (number > 3) {
        exchange.respond();
        return;
      }
      first.add(exchange);
      if (number == 3) {
        exchange.goAway(1, code, debug);
        if (answers) {
          first.getFirst().respond();
        }
      }
    });
  }

  /** Calls for 1, 2 and 3 bytes at once. {@return what each came to} */
  private static List<String> three(GrpcChannel channel) {
    var client = client(channel);
    var calls =
        IntStream.rangeClosed(1, 3).mapToObj(i -> client.unaryCallAsync(asking(i))).toList();
    return calls.stream()
        .map(call -> {
          try {
            return "" + call.join().getPayload().getBody().size();
          } catch (CompletionException e) {
            return String.valueOf(e.getCause());
          }
        })
        .toList();
  }

  private static List<List<Integer>> streams(ForeignServer server) {
    return server.connections().stream()
        .map(connection -> connection.exchanges().stream().map(Exchange::stream).toList())
        .toList();
  }

  @Test
  void callsBeyondAGoAwayMoveToANewConnectionAndTheOthersEnd() {
    try (var server = new ForeignServer(leavingAtThree(Http2Error.NO_ERROR, "", true));
        var channel = GrpcChannel.open(server.target(), ChannelCredentials.plaintext())) {
      assertEquals(List.of("1", "2", "3"), three(channel));
      assertEquals(List.of(List.of(1, 3, 5), List.of(1, 3)), streams(server));
    }
  }

  @Test
  void callThatEndsWithTooManyPingsSaysSoAndThoseBeyondItAreRepeated() {
    var script = leavingAtThree(Http2Error.ENHANCE_YOUR_CALM, "too_many_pings", false);
    try (var server = new ForeignServer(script);
        var channel = GrpcChannel.open(server.target(), ChannelCredentials.plaintext())) {
      var ends = three(channel);
      int lost = server.exchanges().getFirst().size();
      assertTrue(ends.get(lost - 1).contains("UNAVAILABLE"), ends::toString);
      assertTrue(ends.get(lost - 1).contains("too_many_pings"), ends::toString);
      var others =
          IntStream.rangeClosed(1, 3).filter(i -> i != lost).mapToObj(i -> "" + i).toList();
      assertEquals(others, ends.stream().filter(end -> end.length() == 1).toList());
      assertEquals(List.of(List.of(1, 3, 5), List.of(1, 3)), streams(server));
    }
  }
}
