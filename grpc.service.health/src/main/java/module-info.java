import grpc.service.health.client.WatchChecker;
import grpc.spi.health.HealthChecker;
import org.jspecify.annotations.NullMarked;

/**
 * The health service of gRPC's health checking protocol, for servers to offer and clients to call;
 * and the health checks that channels make if their service config says so (A17).
 */
@NullMarked
module grpc.service.health {
  requires static org.jspecify;
  requires transitive com.google.protobuf;
  requires transitive grpc.api;
  requires grpc.spi;
  requires org.slf4j;

  exports grpc.service.health;
  exports grpc.service.health.proto;

  provides HealthChecker with
      WatchChecker;
}
