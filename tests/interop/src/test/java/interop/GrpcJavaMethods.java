package interop;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import interop.proto.Empty;
import interop.proto.SimpleRequest;
import interop.proto.SimpleResponse;
import interop.proto.StreamingInputCallRequest;
import interop.proto.StreamingInputCallResponse;
import interop.proto.StreamingOutputCallRequest;
import interop.proto.StreamingOutputCallResponse;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The methods of {@code grpc.testing.TestService} as grpc-java describes them. */
final class GrpcJavaMethods {
  static final String SERVICE = "grpc.testing.TestService";
  static final Metadata.Key<String> TEXT =
      Metadata.Key.of("x-text", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<byte[]> BYTES =
      Metadata.Key.of("x-bytes-bin", Metadata.BINARY_BYTE_MARSHALLER);
  static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  static final Metadata.Key<String> ENCODING =
      Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);

  static final MethodDescriptor<Empty, Empty> EMPTY =
      method("EmptyCall", MethodType.UNARY, Empty.parser(), Empty.parser());
  static final MethodDescriptor<SimpleRequest, SimpleResponse> UNARY =
      method("UnaryCall", MethodType.UNARY, SimpleRequest.parser(), SimpleResponse.parser());
  static final MethodDescriptor<StreamingOutputCallRequest, StreamingOutputCallResponse> OUTPUT =
      method(
          "StreamingOutputCall",
          MethodType.SERVER_STREAMING,
          StreamingOutputCallRequest.parser(),
          StreamingOutputCallResponse.parser());
  static final MethodDescriptor<StreamingInputCallRequest, StreamingInputCallResponse> INPUT =
      method(
          "StreamingInputCall",
          MethodType.CLIENT_STREAMING,
          StreamingInputCallRequest.parser(),
          StreamingInputCallResponse.parser());
  static final MethodDescriptor<StreamingOutputCallRequest, StreamingOutputCallResponse> DUPLEX =
      method(
          "FullDuplexCall",
          MethodType.BIDI_STREAMING,
          StreamingOutputCallRequest.parser(),
          StreamingOutputCallResponse.parser());

  private GrpcJavaMethods() {}

  private record Marshalled<T extends MessageLite>(Parser<T> parser)
      implements MethodDescriptor.Marshaller<T> {
    @Override
    public InputStream stream(T value) {
      return value.toByteString().newInput();
    }

    @Override
    public T parse(InputStream stream) {
      try {
        return parser.parseFrom(stream.readAllBytes());
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalArgumentException(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static <Q extends MessageLite, R extends MessageLite> MethodDescriptor<Q, R> method(
      String name, MethodType type, Parser<Q> requests, Parser<R> responses) {
    return MethodDescriptor.newBuilder(new Marshalled<>(requests), new Marshalled<>(responses))
        .setFullMethodName(SERVICE + "/" + name)
        .setType(type)
        .build();
  }
}
