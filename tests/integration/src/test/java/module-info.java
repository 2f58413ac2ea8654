import grpc.spi.balancer.BalancerProvider;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Compressor;
import grpc.spi.transport.TransportProvider;
import java.net.spi.InetAddressResolverProvider;

/** Black-box tests: a module of its own beside the modules it tests. */
open module integration {
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires com.google.protobuf;
  requires grpc.codec.protobuf;
  requires grpc.kernel;
  requires grpc.service.health;
  requires grpc.resolver.manual;
  requires grpc.testing;
  requires grpc.transport.inprocess;
  requires java.compiler;
  requires org.junit.jupiter.api;
  requires org.junit.jupiter.params;
  requires org.slf4j;

  // whose generated messages are printed
  requires benchmarks;
  requires examples.greeter;
  requires interop;

  // what plugins that throw are made of
  uses BalancerProvider;
  uses Codec;
  uses Compressor;
  uses TransportProvider;
  uses InetAddressResolverProvider;
}
