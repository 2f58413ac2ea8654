package interop;

import static interop.OurClientAndOurServerTest.payload;
import static interop.OurClientAndOurServerTest.unary;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.DecompressorRegistry;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Encodings that only one of grpc-java's client and our server knows. */
@Timeout(30)
class UnknownEncodingTest {
  private static final Metadata.Key<String> ACCEPTED =
      Metadata.Key.of("grpc-accept-encoding", Metadata.ASCII_STRING_MARSHALLER);

  /** Changes nothing but the name. */
  private record Pass() implements Codec {
    @Override
    public String getMessageEncoding() {
      return "pass";
    }

    @Override
    public OutputStream compress(OutputStream sink) {
      return sink;
    }

    @Override
    public InputStream decompress(InputStream source) {
      return source;
    }
  }

  @Test
  void unimplementedComesWithTheEncodingsThatTheServerTakes() throws InterruptedException {
    var compressors = CompressorRegistry.newEmptyInstance();
    compressors.register(new Pass());
    try (var backend = new OurBackend(OurBackend.port(0))) {
      var channel =
          NettyChannelBuilder.forAddress("127.0.0.1", backend.port())
              .usePlaintext()
              .compressorRegistry(compressors)
              .build();
      try {
        var headers = new AtomicReference<Metadata>();
        var capture = MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>());
        var observed = ClientInterceptors.intercept(channel, capture);
        var e =
            assertThrows(
                StatusRuntimeException.class,
                () ->
                    ClientCalls.blockingUnaryCall(
                        observed,
                        GrpcJavaMethods.UNARY,
                        CallOptions.DEFAULT.withCompression("pass"),
                        unary("hello")));
        assertEquals(Status.Code.UNIMPLEMENTED, e.getStatus().getCode(), e::toString);
        assertEquals("gzip", headers.get().get(ACCEPTED));
      } finally {
        channel.shutdownNow();
        channel.awaitTermination(10, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void responsesAreNotCompressedForAClientThatTakesNone() throws InterruptedException {
    var identity = DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, true);
    try (var backend = new OurBackend(OurBackend.port(0))) {
      var channel =
          NettyChannelBuilder.forAddress("127.0.0.1", backend.port())
              .usePlaintext()
              .decompressorRegistry(identity)
              .build();
      try {
        var headers = new AtomicReference<Metadata>();
        var capture = MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>());
        var observed = ClientInterceptors.intercept(channel, capture);
        var asAsked = CallOptions.DEFAULT.withCompression("gzip");
        for (var options : new CallOptions[] {CallOptions.DEFAULT, asAsked}) {
          for (String text : new String[] {"gzip", "echo"}) { // the handler's choice, or the rule
            var response =
                ClientCalls.blockingUnaryCall(
                    observed, GrpcJavaMethods.UNARY, options, unary(text));
            assertEquals(payload(text), response.getPayload());
            assertNull(headers.get().get(GrpcJavaMethods.ENCODING));
          }
        }
      } finally {
        channel.shutdownNow();
        channel.awaitTermination(10, TimeUnit.SECONDS);
      }
    }
  }
}
