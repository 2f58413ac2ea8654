package benchmarks.rivals;

import benchmarks.proto.Msg;
import benchmarks.proto.StreamReq;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.ProtoUtils;

/** {@code bench.Bench} as grpc-java's generated code would have it. */
final class RivalMethods {
  static final String SERVICE = "bench.Bench";

  static final MethodDescriptor<Msg, Msg> UNARY =
      method("Unary", MethodType.UNARY, Msg.getDefaultInstance());
  static final MethodDescriptor<StreamReq, Msg> SERVER_STREAM =
      method("ServerStream", MethodType.SERVER_STREAMING, StreamReq.getDefaultInstance());
  static final MethodDescriptor<Msg, Msg> BIDI =
      method("Bidi", MethodType.BIDI_STREAMING, Msg.getDefaultInstance());

  private RivalMethods() {}

  private static <Q extends Message> MethodDescriptor<Q, Msg> method(
      String name, MethodType type, Q request) {
    return MethodDescriptor.<Q, Msg>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(Msg.getDefaultInstance()))
        .build();
  }
}
