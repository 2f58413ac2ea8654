package integration;

import static integration.Echo.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.kernel.GrpcRuntime;
import grpc.spi.codec.Compressor;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests of clients that know the service otherwise than the server does. */
@Timeout(20)
class WrongRequestsTest {
  private static final MethodDescriptor<byte[], byte[]> UNARY_AS_STREAM =
      MethodDescriptor.of(
          Echo.UNARY.fullName(), MethodType.CLIENT_STREAMING, byte[].class, byte[].class, "raw");

  /** One that changes nothing and that servers here lack. */
  private record Pass(String encoding) implements Compressor {
    @Override
    public OutputStream compress(OutputStream sink) {
      return sink;
    }

    @Override
    public InputStream decompress(InputStream source) {
      return source;
    }
  }

  private static Status failure(Link link, int messages) {
    try (var requests = link.channel().clientStreaming(UNARY_AS_STREAM, CallOptions.DEFAULT)) {
      for (int i = 0; i < messages; i++) {
        requests.send(bytes("message"));
      }
      return assertThrows(StatusException.class, requests::finish).status();
    }
  }

  private static Status failure(Link link, CallOptions options) {
    return assertThrows(
            StatusException.class, () -> link.channel().unary(Echo.UNARY, bytes("x"), options))
        .status();
  }

  @Test
  void unaryRequestHasOneMessage() {
    try (var link = Link.open()) {
      assertEquals(Status.internal("a unary request with no message"), failure(link, 0));
      assertEquals(Status.internal("a unary request with several messages"), failure(link, 2));
    }
  }

  @Test
  void unknownContentSubtypeIsUnimplementedAndNamesTheCodecs() {
    try (var link = Link.open()) {
      var status = failure(link, CallOptions.DEFAULT.withContentSubtype("thrift"));
      assertEquals(StatusCode.UNIMPLEMENTED, status.code());
      assertTrue(status.message().contains("expected: raw"), status::message);
      assertTrue(status.message().contains("codecs here: "), status::message);
    }
  }

  @Test
  void whatAClientSendsIsQuotedInFewWords() {
    String longName = "x".repeat(5_000);
    for (String name : List.of("test.Echo/" + longName, longName + "/Unary")) {
      var method = MethodDescriptor.of(name, MethodType.UNARY, byte[].class, byte[].class, "raw");
      try (var link = Link.open()) {
        assertCut(
            assertThrows(
                    StatusException.class,
                    () -> link.channel().unary(method, bytes("x"), CallOptions.DEFAULT))
                .status());
      }
    }
    try (var link = Link.open()) {
      assertCut(failure(link, CallOptions.DEFAULT.withContentSubtype(longName)));
    }
    var runtime = GrpcRuntime.builder().layer(ModuleLayer.boot()).add(new Pass(longName)).build();
    try (var link = Link.open(s -> s, c -> c.runtime(runtime))) {
      assertCut(failure(link, CallOptions.DEFAULT.withCompressor(longName)));
    }
  }

  private static void assertCut(Status status) {
    assertEquals(StatusCode.UNIMPLEMENTED, status.code());
    assertTrue(status.message().contains("xxx... (5000 characters)"), status::message);
    assertTrue(status.message().length() < 250, status::message);
  }

  @Test
  void unknownEncodingIsUnimplementedAndNamesThoseThereAre() {
    var runtime = GrpcRuntime.builder().layer(ModuleLayer.boot()).add(new Pass("pass")).build();
    try (var link = Link.open(s -> s, c -> c.runtime(runtime))) {
      var status = failure(link, CallOptions.DEFAULT.withCompressor("pass"));
      assertEquals(
          Status.unimplemented("grpc-encoding 'pass' (expected: identity or one of deflate,gzip)"),
          status);
    }
  }
}
