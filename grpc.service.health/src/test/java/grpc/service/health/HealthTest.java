package grpc.service.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.ChannelCredentials;
import grpc.api.ServerCredentials;
import grpc.api.ServerStreamingCall;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcServer;
import grpc.service.health.proto.HealthCheckRequest;
import grpc.service.health.proto.HealthCheckResponse;
import grpc.service.health.proto.HealthCheckResponse.ServingStatus;
import grpc.service.health.proto.HealthClient;
import grpc.service.health.proto.HealthListRequest;
import grpc.transport.inprocess.InProcessAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final Health health = new Health();

  private void serving(Consumer<HealthClient> test) {
    var address = InProcessAddress.unique();
    try (var server =
            GrpcServer.builder()
                .listen(address, ServerCredentials.plaintext())
                .service(health)
                .start();
        var channel =
            GrpcChannel.builder(server.addresses().getFirst(), ChannelCredentials.plaintext())
                .open()) {
      test.accept(new HealthClient(channel));
    }
  }

  private static HealthCheckRequest request(String service) {
    return HealthCheckRequest.newBuilder().setService(service).build();
  }

  @Test
  void checkTellsTheStatus() {
    health.set("a.B", ServingStatus.NOT_SERVING);
    serving(client -> {
      assertEquals(ServingStatus.SERVING, client.check(request("")).getStatus());
      assertEquals(ServingStatus.NOT_SERVING, client.check(request("a.B")).getStatus());
    });
  }

  @Test
  void checkOfAnUnknownServiceIsNotFound() {
    serving(client -> {
      var e = assertThrows(StatusException.class, () -> client.check(request("x.Y")));
      assertEquals(StatusCode.NOT_FOUND, e.code());
    });
  }

  @Test
  void watchTellsEveryChangeAndStaysOpenForAnUnknownService() {
    serving(client -> {
      try (var watch = client.watch(request("a.B"))) {
        assertEquals(ServingStatus.SERVICE_UNKNOWN, watch.receive().orElseThrow().getStatus());
        health.set("a.B", ServingStatus.SERVING);
        assertEquals(ServingStatus.SERVING, watch.receive().orElseThrow().getStatus());
        health.stop();
        assertEquals(ServingStatus.NOT_SERVING, watch.receive().orElseThrow().getStatus());
      }
    });
  }

  @Test
  void nothingServesAgainAfterStop() {
    health.stop();
    health.set("", ServingStatus.SERVING);
    serving(
        client -> assertEquals(ServingStatus.NOT_SERVING, client.check(request("")).getStatus()));
  }

  @Test
  void drainingServerTellsThatItServesNoMore() {
    var address = InProcessAddress.unique();
    try (var server =
            GrpcServer.builder()
                .listen(address, ServerCredentials.plaintext())
                .service(health)
                .onDrain(health::stop)
                .start();
        var channel =
            GrpcChannel.builder(server.addresses().getFirst(), ChannelCredentials.plaintext())
                .open();
        var watch = new HealthClient(channel).watch(request(Health.SERVER))) {
      assertEquals(ServingStatus.SERVING, watch.receive().orElseThrow().getStatus());
      server.drain();
      assertEquals(ServingStatus.NOT_SERVING, watch.receive().orElseThrow().getStatus());
    }
  }

  @Test
  void listTellsAHundredServicesAndNoMore() {
    for (int i = 1; i < 100; i++) {
      health.set("s" + i, ServingStatus.SERVING);
    }
    serving(client -> {
      var all = client.list(HealthListRequest.getDefaultInstance());
      assertEquals(100, all.getStatusesCount());
      health.set("one more", ServingStatus.SERVING);
      var e =
          assertThrows(
              StatusException.class, () -> client.list(HealthListRequest.getDefaultInstance()));
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, e.code());
    });
  }

  @Test
  void statusesThatOnlyWatchTellsCannotBeSet() {
    assertThrows(
        IllegalArgumentException.class, () -> health.set("a.B", ServingStatus.SERVICE_UNKNOWN));
  }

  @Test
  void watchesTellNotServingOnceAndEndSoThatTheServerNeedNotWait() throws InterruptedException {
    health.set("a.B", ServingStatus.NOT_SERVING);
    var address = InProcessAddress.unique();
    try (var server =
            GrpcServer.builder()
                .listen(address, ServerCredentials.plaintext())
                .service(health)
                .onDrain(health::stop)
                .start();
        var channel =
            GrpcChannel.builder(server.addresses().getFirst(), ChannelCredentials.plaintext())
                .open()) {
      var client = new HealthClient(channel);
      try (var whole = client.watch(request(Health.SERVER));
          var known = client.watch(request("a.B"));
          var unknown = client.watch(request("x.Y"))) {
        assertEquals(ServingStatus.SERVING, whole.receive().orElseThrow().getStatus());
        assertEquals(ServingStatus.NOT_SERVING, known.receive().orElseThrow().getStatus());
        assertEquals(ServingStatus.SERVICE_UNKNOWN, unknown.receive().orElseThrow().getStatus());
        assertTrue(server.shutdown(Duration.ofMinutes(5)), "it waited for a watch");
        assertEquals(List.of(ServingStatus.NOT_SERVING), rest(whole));
        assertEquals(List.of(), rest(known), "it was told before");
        assertEquals(List.of(ServingStatus.NOT_SERVING), rest(unknown));
      }
    }
  }

  private static List<ServingStatus> rest(ServerStreamingCall<HealthCheckResponse> watch) {
    return watch.stream().map(HealthCheckResponse::getStatus).toList();
  }

  @Test
  void watchThatBeginsAfterStopEndsAtOnce() {
    health.stop();
    serving(client -> {
      try (var watch = client.watch(request("x.Y"))) {
        assertEquals(List.of(ServingStatus.NOT_SERVING), rest(watch));
      }
    });
  }
}
