package interop.flow;

import com.google.protobuf.ByteString;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import interop.proto.Payload;
import interop.proto.ResponseParameters;
import interop.proto.StreamingInputCallResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A long stream of messages that tell their place in it, and a reader that takes its time at first.
 */
final class Flow {
  /** From the server; asked with the number of messages, and the reader's slow messages. */
  static final MethodDescriptor<ResponseParameters, Payload> DOWN =
      MethodDescriptor.of(
          "interop.Flow/Down",
          MethodType.SERVER_STREAMING,
          ResponseParameters.class,
          Payload.class,
          "proto");

  /** To the server, which answers with the number of messages that came. */
  static final MethodDescriptor<Payload, StreamingInputCallResponse> UP =
      MethodDescriptor.of(
          "interop.Flow/Up",
          MethodType.CLIENT_STREAMING,
          Payload.class,
          StreamingInputCallResponse.class,
          "proto");

  static final int MESSAGE = 64 * 1024;

  private Flow() {}

  /** {@return the message at this place} */
  static Payload message(int place) {
    var bytes = new byte[MESSAGE];
    Arrays.fill(bytes, (byte) place);
    ByteBuffer.wrap(bytes).putInt(place);
    return Payload.newBuilder().setBody(ByteString.copyFrom(bytes)).build();
  }

  /**
   * Reads to the end, a message a second at first, and looks at each.
   *
   * @return how many there were
   */
  static int read(int slowMessages, Supplier<Optional<Payload>> messages)
      throws InterruptedException {
    int place = 0;
    for (var next = messages.get(); next.isPresent(); next = messages.get()) {
      if (!next.get().equals(message(place))) {
        throw new IllegalStateException("message " + place + " is not what was sent");
      }
      place++;
      if (place <= slowMessages) {
        TimeUnit.SECONDS.sleep(1);
      }
    }
    return place;
  }
}
